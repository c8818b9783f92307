package io.apsaramqtt.test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.apsaramqtt.test");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.apsaramqtt.(test..)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packagesStandOnTheirFloors() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("event")
                .definedBy("io.apsaramqtt.test.event")
                .layer("service")
                .definedBy("io.apsaramqtt.test.service")
                .layer("hivemq")
                .definedBy("io.apsaramqtt.test.hivemq")
                .layer("front door")
                .definedBy("io.apsaramqtt.test")
                .whereLayer("front door")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("hivemq")
                .mayOnlyBeAccessedByLayers("front door")
                .whereLayer("service")
                .mayOnlyBeAccessedByLayers("front door", "hivemq")
                .check(CLASSES);
    }

    @Test
    void theCloudStandsOnItsFloors() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("wire")
                .definedBy("io.apsaramqtt.test.cloud.wire")
                .layer("account")
                .definedBy("io.apsaramqtt.test.cloud.account")
                .layer("mqtt")
                .definedBy("io.apsaramqtt.test.cloud.mqtt")
                .layer("signature")
                .definedBy("io.apsaramqtt.test.cloud.signature")
                .layer("action")
                .definedBy("io.apsaramqtt.test.cloud.action")
                .layer("cloud")
                .definedBy("io.apsaramqtt.test.cloud")
                .whereLayer("cloud")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("action")
                .mayOnlyBeAccessedByLayers("cloud")
                .whereLayer("signature")
                .mayOnlyBeAccessedByLayers("cloud", "action")
                .whereLayer("mqtt")
                .mayOnlyBeAccessedByLayers("cloud", "action")
                .whereLayer("account")
                .mayOnlyBeAccessedByLayers("cloud", "action", "signature")
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers("cloud", "action", "signature")
                .check(CLASSES);
    }

    @Test
    void theCloudCanContradictTheSignerOfTheSdk() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.apsaramqtt.openapi..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("io.apsaramqtt.test.cloud.wire", "io.apsaramqtt.test.cloud.signature")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.apsaramqtt.authentication..", "io.apsaramqtt.policy..")
                .check(CLASSES);
    }

    @Test
    void onlyTheCoreOfTheSdkIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.apsaramqtt.client..",
                        "io.apsaramqtt.paho..",
                        "io.apsaramqtt.spring..",
                        "io.apsaramqtt.cli..",
                        "org.eclipse.paho..",
                        "com.hivemq.client.."))
                .check(CLASSES);
    }

    @Test
    void onlyTheEngineNamesHiveMq() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.apsaramqtt.test.hivemq")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.hivemq..")
                .check(CLASSES);
    }

    @Test
    void onlyTheExtensionNamesJupiter() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(EmbeddedApsaraMqttExtension.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .check(CLASSES);
    }
}
