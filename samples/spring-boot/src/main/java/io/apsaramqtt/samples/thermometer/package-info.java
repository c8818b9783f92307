/**
 * A thermometer as a Spring Boot application: publishes what it is told over HTTP, listens to all thermometers, tries again, puts
 * aside what cannot be, and tells its state by the actuator.
 */
@NullMarked
package io.apsaramqtt.samples.thermometer;

import org.jspecify.annotations.NullMarked;
