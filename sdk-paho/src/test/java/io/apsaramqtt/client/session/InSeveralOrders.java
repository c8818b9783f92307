package io.apsaramqtt.client.session;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs each test of a class several times: workers overtake each other, so what holds must hold in any order of tasks. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "order {0}")
@ValueSource(longs = {1, 2, 3})
@interface InSeveralOrders {}
