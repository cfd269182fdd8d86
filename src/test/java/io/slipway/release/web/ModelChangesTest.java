package io.slipway.release.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelChangesTest {

    private static final String MODEL = PagesStory.Steps.text("pages-phase.bpmn");

    @Test
    void doesNotCountWhereSomethingStandsOnTheSheet() {
        assertThat(MODEL).contains("x=\"250\"");
        assertThat(ModelChanges.between(MODEL, MODEL.replace("x=\"250\"", "x=\"260\""))
                        .none())
                .isTrue();
    }

    @Test
    void findsWhatWasAddedRemovedAndChanged() {
        String later = MODEL.replace("PT1H", "PT2H")
                .replace("id=\"endEvent_pageReady\"", "id=\"endEvent_pagePrinted\"")
                .replace("targetRef=\"endEvent_pageReady\"", "targetRef=\"endEvent_pagePrinted\"");

        ModelChanges changes = ModelChanges.between(MODEL, later);

        assertThat(changes.added()).extracting(ModelChanges.Part::id).containsExactly("endEvent_pagePrinted");
        assertThat(changes.removed()).extracting(ModelChanges.Part::label).containsExactly("Page ready");
        assertThat(changes.changed())
                .extracting(ModelChanges.Part::id)
                .containsExactlyInAnyOrder("event_inkDry", "flow_end");
    }

    @Test
    void addsEverythingWhereNothingIsInUse() {
        ModelChanges changes = ModelChanges.between("", MODEL);

        assertThat(changes.added()).extracting(ModelChanges.Part::id).contains("userTask_decidePage", "pages-phase");
        assertThat(changes.removed()).isEmpty();
    }

    @Test
    void readsNoEntities() {
        assertThatThrownBy(() -> ModelChanges.between(
                        "", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><x id=\"a\">&e;</x>"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
