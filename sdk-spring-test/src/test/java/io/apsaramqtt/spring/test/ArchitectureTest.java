package io.apsaramqtt.spring.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.apsaramqtt.spring.test");

    @Test
    void theAnnotationIsTheOnlyFrontDoor() {
        classes()
                .that()
                .doNotHaveFullyQualifiedName(EmbeddedApsaraMqttTest.class.getName())
                .should()
                .notBePublic()
                .check(CLASSES);
    }

    @Test
    void theClientAndTheBrokerAreReachedByTheirFrontDoorsAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.apsaramqtt.client..",
                        "io.apsaramqtt.spring.listener",
                        "io.apsaramqtt.spring.actuate",
                        "io.apsaramqtt.test.hivemq..",
                        "io.apsaramqtt.test.service..",
                        "org.eclipse.paho..",
                        "com.hivemq..")
                .check(CLASSES);
    }
}
