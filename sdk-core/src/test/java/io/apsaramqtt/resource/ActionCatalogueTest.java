package io.apsaramqtt.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.apsaramqtt.resource.ActionCatalogue.Action;
import io.apsaramqtt.resource.ActionCatalogue.Action.On;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActionCatalogueTest {

    private static final ServiceInstance INSTANCE = ServiceInstance.of("post-cn-x");

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void everyActionThatAnOperationNeedsIsInIt(Dialect dialect) {
        ResourceCatalogue catalogue = new ResourceCatalogue(INSTANCE, dialect, false);
        assertThat(catalogue.subscribe("a", "g"))
                .flatExtracting(Candidate::requirements)
                .isNotEmpty()
                .allSatisfy(requirement -> assertThat(ActionCatalogue.actions())
                        .filteredOn(action -> action.name().equals(requirement.action()))
                        .singleElement()
                        .satisfies(action -> assertThat(action.on()).contains(on(requirement))));
    }

    private static On on(Requirement requirement) {
        return switch (requirement.kind()) {
            case TOPIC -> On.TOPIC;
            case GROUP -> On.GROUP;
            case INSTANCE, INSTANCE_ADVISED -> On.INSTANCE;
        };
    }

    @Test
    void noActionIsInItTwice() {
        assertThat(ActionCatalogue.actions()).extracting(Action::name).doesNotHaveDuplicates();
    }

    @Test
    void onlyTheVendorsOwnMisspellingsAreMarked() {
        assertThat(ActionCatalogue.actions())
                .filteredOn(Action::misspelled)
                .extracting(Action::name)
                .containsExactly("mq:OnsIntanceUpdate", "mq:OnsIntanceDelete");
    }
}
