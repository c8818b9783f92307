package io.apsaramqtt;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The floors of the core, and what may be seen from outside. */
class ArchitectureTest {

    private static final String ROOT = "io.apsaramqtt";

    /** Each package and the packages that it may use, beside the root. */
    private static final Map<String, List<String>> FLOORS = Map.ofEntries(
            Map.entry("mqtt", List.of()),
            Map.entry("credentials", List.of()),
            Map.entry("policy", List.of()),
            Map.entry("tls", List.of()),
            Map.entry("http", List.of()),
            Map.entry("resource", List.of("mqtt", "policy")),
            Map.entry("permission", List.of("mqtt", "policy", "resource")),
            Map.entry("permission.source", List.of("mqtt", "policy", "resource", "permission", "http")),
            Map.entry("authentication", List.of("mqtt", "credentials", "permission", "http")),
            Map.entry("advice", List.of("mqtt", "policy", "resource", "permission")),
            Map.entry(
                    "openapi",
                    List.of(
                            "mqtt",
                            "credentials",
                            "policy",
                            "http",
                            "permission",
                            "permission.source",
                            "authentication")));

    private static final Set<String> WORDS_THAT_SAY_NOTHING = Set.of(
            "Manager",
            "Helper",
            "Util",
            "Utils",
            "Impl",
            "Base",
            "Abstract",
            "Data",
            "Info",
            "Wrapper",
            "Common",
            "Context");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageStandsOnAFloor() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of(ROOT), FLOORS.keySet().stream().map(ArchitectureTest::whole))
                                .toList());
    }

    static Set<String> floors() {
        return FLOORS.keySet();
    }

    @ParameterizedTest
    @MethodSource("floors")
    void aPackageUsesOnlyPackagesOnLowerFloors(String floor) {
        List<String> allowed = new ArrayList<>(List.of(ROOT, whole(floor)));
        FLOORS.getOrDefault(floor, List.of()).forEach(name -> allowed.add(whole(name)));
        noClasses()
                .that()
                .resideInAPackage(whole(floor))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed.toArray(new String[0])))))
                .check(CLASSES);
    }

    @Test
    void theRootHoldsTheBaseExceptionOnly() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getPackageName().equals(ROOT))
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !name.equals("package-info")))
                .containsExactly("ApsaraMqttException");
    }

    @Test
    void policiesAreDecidedWithoutClockFilesAndLogs() {
        noClasses()
                .that()
                .resideInAPackage(whole("policy"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "java.nio.file..", "java.net..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(whole("policy"))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .callMethodWhere(JavaCall.Predicates.target(nameMatching("now|currentTimeMillis|nanoTime")))
                .check(CLASSES);
    }

    @Test
    void nothingButTheSourcesOfPermissionsAndTokensAndTheOpenApiUsesTheNetwork() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        whole("http"), whole("openapi"), whole("permission.source"), whole("authentication"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(CLASSES);
    }

    @Test
    void bouncyCastleIsNamedInTheOneClassThatMayFailToLoad() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(whole("tls") + ".BouncyCastleKeys")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .check(CLASSES);
    }

    @Test
    void theLibraryOfAlibabaCloudIsNamedInTheOneClassThatMayFailToLoad() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(whole("credentials") + ".AliyunCredentials")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.aliyun..")
                .check(CLASSES);
    }

    @Test
    void noTypeOfALibraryIsInAPublicSignature() {
        assertThat(publicSignatures())
                .isNotEmpty()
                .noneMatch(
                        name -> name.contains("jackson") || name.contains("bouncycastle") || name.contains("aliyun"));
    }

    @Test
    void typeNamesSaySomething() {
        assertThat(CLASSES.stream()
                        .map(JavaClass::getSimpleName)
                        .filter(name -> !name.equals("RequestContext"))
                        .flatMap(name -> Stream.of(name.split("(?=[A-Z])", -1))))
                .doesNotContainAnyElementsOf(WORDS_THAT_SAY_NOTHING);
    }

    @Test
    void noSourceFileIsLongerThan250Lines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            Map<String, Integer> lengths = files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(Path::toString, ArchitectureTest::lines));
            assertThat(lengths)
                    .hasSizeGreaterThan(50)
                    .allSatisfy((file, lines) -> assertThat(lines).as(file).isLessThanOrEqualTo(250));
        }
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private static List<String> publicSignatures() {
        return CLASSES.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(type -> Stream.concat(
                        Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream()),
                        Stream.concat(
                                type.getCodeUnits().stream()
                                        .filter(unit -> isSeen(unit.getModifiers()))
                                        .flatMap(unit -> unit.getAllInvolvedRawTypes().stream()),
                                type.getFields().stream()
                                        .filter(field -> isSeen(field.getModifiers()))
                                        .flatMap(field -> field.getAllInvolvedRawTypes().stream()))))
                .map(JavaClass::getName)
                .distinct()
                .toList();
    }

    private static boolean isSeen(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static String whole(String floor) {
        return ROOT + "." + floor;
    }
}
