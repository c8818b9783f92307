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
import io.apsaramqtt.spring.autoconfigure.ApsaraMqttConnectionDetails;
import io.apsaramqtt.spring.autoconfigure.ApsaraMqttProperties;
import io.apsaramqtt.spring.autoconfigure.DeviceIdSource;
import io.apsaramqtt.spring.autoconfigure.MqttPermissionProperties;
import io.apsaramqtt.spring.listener.InvalidMqttListenerException;
import io.apsaramqtt.spring.listener.MqttInstrumentation;
import io.apsaramqtt.spring.listener.MqttListenerAnnotationBeanPostProcessor;
import io.apsaramqtt.spring.listener.MqttListenerContainer;
import io.apsaramqtt.spring.listener.MqttListenerRegistry;
import io.apsaramqtt.spring.listener.MqttListenerSettings;
import io.apsaramqtt.spring.permission.CheckedOperation;
import io.apsaramqtt.spring.permission.DeclaredOperations;
import io.apsaramqtt.spring.permission.DeniedAtStartException;
import io.apsaramqtt.spring.permission.InvalidPublishesToException;
import io.apsaramqtt.spring.permission.PublishesTo;
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
                    "io.apsaramqtt.policy",
                    "io.apsaramqtt.advice",
                    "io.apsaramqtt.authentication",
                    "io.apsaramqtt.tls",
                    "io.apsaramqtt.openapi",
                    "io.apsaramqtt.client",
                    "io.apsaramqtt.client.connection",
                    "io.apsaramqtt.client.delivery",
                    "io.apsaramqtt.client.healing",
                    "io.apsaramqtt.client.listener",
                    "io.apsaramqtt.client.proxy",
                    "io.apsaramqtt.spring..")))
            .as("internal to the client or the core");

    @Test
    void theStarterUsesOnlyPublicPackages() {
        noClasses().should().dependOnClassesThat(INTERNAL).check(STARTER);
    }

    @Test
    void theStarterNeverNamesPahoAndJacksonInOnePlaceOnly() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.Jackson[23]Configuration")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.paho..", "tools.jackson..", "com.fasterxml..")
                .check(STARTER);
    }

    @Test
    void whatStandsBelowTheAutoConfigurationKnowsNeitherItNorBoot() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.apsaramqtt.spring", "io.apsaramqtt.spring.listener", "io.apsaramqtt.spring.permission")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.apsaramqtt.spring.autoconfigure..",
                        "io.apsaramqtt.spring.actuate..",
                        "org.springframework.boot..")
                .check(STARTER);
    }

    @Test
    void whatOperationsSeesDoesNotKnowTheAutoConfigurationOfTheClients() {
        noClasses()
                .that()
                .resideInAPackage("io.apsaramqtt.spring.actuate")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.apsaramqtt.spring.autoconfigure")
                .check(STARTER);
    }

    @Test
    void theAutoConfigurationOfTheClientsDoesNotKnowWhatOperationsSees() {
        noClasses()
                .that()
                .resideInAPackage("io.apsaramqtt.spring.autoconfigure")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.apsaramqtt.spring.actuate")
                .check(STARTER);
    }

    @Test
    void theRootKnowsNeitherTheListenersNorTheirPermissions() {
        noClasses()
                .that()
                .resideInAPackage("io.apsaramqtt.spring")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.apsaramqtt.spring.listener", "io.apsaramqtt.spring.permission")
                .check(STARTER);
    }

    @Test
    void theListenersDoNotKnowTheirPermissions() {
        noClasses()
                .that()
                .resideInAPackage("io.apsaramqtt.spring.listener")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.apsaramqtt.spring.permission")
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
                        MqttPublication.class,
                        MqttMessages.class,
                        MqttHeaders.class,
                        MqttListener.class,
                        MqttListenerErrorHandler.class,
                        MqttVariable.class,
                        MqttEvent.class,
                        MqttClients.class,
                        ApsaraMqttClientCustomizer.class,
                        MqttListenerContainer.class,
                        MqttInstrumentation.class,
                        MqttListenerRegistry.class,
                        MqttListenerSettings.class,
                        MqttListenerAnnotationBeanPostProcessor.class,
                        InvalidMqttListenerException.class,
                        PublishesTo.class,
                        DeclaredOperations.class,
                        CheckedOperation.class,
                        DeniedAtStartException.class,
                        InvalidPublishesToException.class,
                        ApsaraMqttAutoConfiguration.class,
                        ApsaraMqttConnectionDetails.class,
                        ApsaraMqttProperties.class,
                        MqttPermissionProperties.class,
                        DeviceIdSource.class);
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
