package io.apsaramqtt.spring;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.apsaramqtt.spring.autoconfigure.ApsaraMqttAutoConfiguration;
import io.apsaramqtt.spring.autoconfigure.ApsaraMqttProperties;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses STARTER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.apsaramqtt.spring");

    private static final DescribedPredicate<JavaClass> INTERNAL = resideInAPackage("io.apsaramqtt..")
            .and(DescribedPredicate.not(resideInAnyPackage(
                    "io.apsaramqtt",
                    "io.apsaramqtt.mqtt",
                    "io.apsaramqtt.credentials",
                    "io.apsaramqtt.resource",
                    "io.apsaramqtt.permission..",
                    "io.apsaramqtt.client",
                    "io.apsaramqtt.client.connection",
                    "io.apsaramqtt.client.healing",
                    "io.apsaramqtt.spring..")))
            .as("internal to the client or the core");

    @Test
    void theStarterUsesOnlyPublicPackages() {
        noClasses().should().dependOnClassesThat(INTERNAL).check(STARTER);
    }

    @Test
    void theStarterNeverNamesPahoOrJackson() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.paho..", "tools.jackson..", "com.fasterxml..")
                .check(STARTER);
    }

    @Test
    void theRootKnowsNeitherTheAutoConfigurationNorBoot() {
        noClasses()
                .that()
                .resideInAPackage("io.apsaramqtt.spring")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.apsaramqtt.spring.autoconfigure..", "org.springframework.boot..")
                .check(STARTER);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.apsaramqtt.(**)").should().beFreeOfCycles().check(STARTER);
    }

    @Test
    void onlyFrontDoorsArePublic() {
        assertThat(STARTER.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .<Class<?>>map(JavaClass::reflect))
                .containsExactlyInAnyOrder(
                        MqttTemplate.class,
                        ApsaraMqttClientCustomizer.class,
                        ApsaraMqttAutoConfiguration.class,
                        ApsaraMqttProperties.class);
    }

    @Test
    void everyClassIsFinalOrAnInterface() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotAnonymousClasses()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(STARTER);
    }
}
