package io.apsaramqtt.samples.thermometer;

import jakarta.validation.constraints.DecimalMin;

/** What a thermometer reads; nothing is colder than absolute zero. Immutable. */
record Reading(@DecimalMin("-273.15") double celsius) {}
