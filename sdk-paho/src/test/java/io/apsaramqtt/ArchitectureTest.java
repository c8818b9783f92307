package io.apsaramqtt;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final String CONNECTION = "io.apsaramqtt.client.connection";
    private static final String HEALING = "io.apsaramqtt.client.healing";
    private static final String LISTENER = "io.apsaramqtt.client.listener";
    private static final String PROXY = "io.apsaramqtt.client.proxy";
    private static final String RUNTIME = "io.apsaramqtt.client.runtime";
    private static final String DELIVERY = "io.apsaramqtt.client.delivery";
    private static final String TRANSPORT = "io.apsaramqtt.client.transport";
    private static final String INBOUND = "io.apsaramqtt.client.inbound";
    private static final String SESSION = "io.apsaramqtt.client.session";
    private static final String CLIENT = "io.apsaramqtt.client";
    private static final String PAHO_V3 = "io.apsaramqtt.paho.v3";
    private static final String PAHO_V5 = "io.apsaramqtt.paho.v5";

    /** What users see. */
    private static final List<String> PUBLIC = List.of(CLIENT, CONNECTION, DELIVERY, HEALING, LISTENER, PROXY);

    /** Of this module, what a package may lean on. */
    private static final Map<String, List<String>> FLOORS = Map.ofEntries(
            Map.entry(CONNECTION, List.of()),
            Map.entry(HEALING, List.of()),
            Map.entry(LISTENER, List.of()),
            Map.entry(PROXY, List.of()),
            Map.entry(RUNTIME, List.of()),
            Map.entry(DELIVERY, List.of(CONNECTION)),
            Map.entry(TRANSPORT, List.of(CONNECTION, PROXY)),
            Map.entry(INBOUND, List.of(LISTENER, RUNTIME)),
            Map.entry(PAHO_V3, List.of(CONNECTION, PROXY, TRANSPORT)),
            Map.entry(PAHO_V5, List.of(CONNECTION, PROXY, TRANSPORT)),
            Map.entry(SESSION, List.of(CONNECTION, DELIVERY, HEALING, LISTENER, PROXY, RUNTIME, TRANSPORT, INBOUND)),
            Map.entry(
                    CLIENT,
                    List.of(CONNECTION, DELIVERY, HEALING, LISTENER, PROXY, RUNTIME, TRANSPORT, INBOUND, SESSION)));

    static Stream<String> packages() {
        return FLOORS.keySet().stream().sorted();
    }

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("io.apsaramqtt");

    @Test
    void everyPackageHasAFloor() {
        assertThat(MODULE.stream().map(JavaClass::getPackageName).distinct())
                .containsExactlyInAnyOrderElementsOf(FLOORS.keySet());
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageLeansOnLowerFloorsOnly(String name) {
        List<String> forbidden = new ArrayList<>(FLOORS.keySet());
        forbidden.remove(name);
        forbidden.removeAll(FLOORS.getOrDefault(name, List.of()));
        noClasses()
                .that()
                .resideInAPackage(name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.toArray(String[]::new))
                .allowEmptyShould(false)
                .check(MODULE);
    }

    @Test
    void noPackageTakesPartInACycle() {
        slices().matching("io.apsaramqtt.(**)").should().beFreeOfCycles().check(MODULE);
    }

    @Test
    void pahoIsNamedInItsAdaptersAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.apsaramqtt.paho..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.paho..")
                .check(MODULE);
        noClasses()
                .that()
                .resideInAPackage(PAHO_V3)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.paho.mqttv5..")
                .check(MODULE);
        noClasses()
                .that()
                .resideInAPackage(PAHO_V5)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.paho.client.mqttv3..")
                .check(MODULE);
    }

    /** The default one is in the module jdk.random, which small runtimes lack, and found by whatever loader the thread has. */
    @Test
    void chanceComesFromTheBaseOfJavaAlone() {
        noClasses()
                .should()
                .callMethod(RandomGenerator.class, "getDefault")
                .orShould()
                .callMethod(RandomGenerator.class, "of", String.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(RandomGeneratorFactory.class)
                .check(MODULE);
    }

    @Test
    void adaptersShowTheirProvidersAlone() {
        classes()
                .that()
                .resideInAPackage("io.apsaramqtt.paho..")
                .and()
                .haveSimpleNameNotEndingWith("Provider")
                .should()
                .notBePublic()
                .check(MODULE);
    }

    @Test
    void publicSignaturesShowNoTypeOfALibrary() {
        List<String> shown = MODULE.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(modifier(JavaModifier.PUBLIC).or(modifier(JavaModifier.PROTECTED)))
                .flatMap(unit -> Stream.concat(unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                        .filter(resideInAnyPackage(
                                "org.eclipse.paho..",
                                "tools.jackson..",
                                "com.fasterxml..",
                                "org.bouncycastle..",
                                "org.slf4j.."))
                        .map(type -> describe(unit, type)))
                .toList();
        assertThat(shown).isEmpty();
    }

    private static String describe(JavaCodeUnit unit, JavaClass type) {
        return unit.getFullName() + " shows " + type.getName();
    }

    @Test
    void whatUsersSeeNamesNothingInternal() {
        List<String> shown = MODULE.stream()
                .filter(resideInAnyPackage(PUBLIC.toArray(String[]::new)))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(modifier(JavaModifier.PUBLIC).or(modifier(JavaModifier.PROTECTED)))
                .flatMap(unit -> Stream.concat(unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                        .filter(resideInAnyPackage(SESSION, TRANSPORT, INBOUND, RUNTIME, "io.apsaramqtt.paho.."))
                        .map(type -> describe(unit, type)))
                .toList();
        assertThat(shown).isEmpty();
    }

    @Test
    void coreDoesNotKnowTheClient() {
        JavaClasses core = new ClassFileImporter()
                .withImportOption(location -> location.contains("apsara-mqtt-core") || location.contains("sdk-core"))
                .importPackages("io.apsaramqtt");
        assertThat(core).isNotEmpty();
        noClasses()
                .should(dependOnClassesThat(
                        resideInAnyPackage("io.apsaramqtt.client..", "io.apsaramqtt.paho..", "org.eclipse.paho..")))
                .check(core);
    }

    @Test
    void typeNamesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(
                        ".*\\.(\\w*\\$)?\\w*(Manager|Helper|Util|Utils|Impl|Base|Abstract|Data|Info|Wrapper|Common|Context)(\\w*\\$.*)?")
                .check(MODULE);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .that(not(resideInAnyPackage("nowhere")))
                .should()
                .resideInAnyPackage(FLOORS.keySet().toArray(String[]::new))
                .check(MODULE);
        for (String name : FLOORS.keySet()) {
            assertThat(MODULE.getPackage(name).tryGetPackageInfo())
                    .as("package-info of " + name)
                    .hasValueSatisfying(info ->
                            assertThat(info.isAnnotatedWith(NullMarked.class)).isTrue());
        }
    }

    @Test
    void noFileHasMoreThan250Lines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(250));
        }
    }

    @Test
    void aPackageShowsUsersNoMoreThanTenTypes() {
        for (String name : PUBLIC) {
            assertThat(MODULE.getPackage(name).getClasses().stream()
                            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                            .filter(type -> type.isTopLevelClass() && !type.isArray()))
                    .as(name)
                    .hasSizeLessThanOrEqualTo(10);
        }
    }
}
