package io.apsaramqtt.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.apsaramqtt.cli");

    @Test
    void onlyTheSdkPicocliAndTheJsonStreamAreUsed() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "org.jspecify..", "picocli..", "tools.jackson.core..", "io.apsaramqtt.."))
                .check(CLASSES);
    }

    @Test
    void nothingInternalOfTheSdkIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.apsaramqtt.client.session..",
                        "io.apsaramqtt.client.transport..",
                        "io.apsaramqtt.paho..",
                        "io.apsaramqtt.spring..",
                        "io.apsaramqtt.test.."))
                .check(CLASSES);
    }

    @Test
    void onlyTheFrontDoorIsPublic() {
        classes()
                .that()
                .doNotBelongToAnyOf(ApsaraMqttCommand.class)
                .should()
                .notBePublic()
                .check(CLASSES);
    }
}
