package io.apsaramqtt.spring.test;

import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.annotation.DirtiesContext;

/**
 * A {@link SpringBootTest} whose clients connect to an {@link EmbeddedApsaraMqtt}, as a RAM user with the given policies. What the
 * policies do not grant fails in the test as it would on the service: at the client, and at the broker too.
 *
 * <pre>{@code
 * @EmbeddedApsaraMqttTest(policy = "classpath:policy.json")
 * class ThermometerTest {
 *
 *     @Test
 *     void publishes(@Autowired Thermometer thermometer, @Autowired EmbeddedApsaraMqtt broker) { ... }
 * }
 * }</pre>
 *
 * <p>The instance has the instance ID and the groups of {@code apsara.mqtt.*}, and where those say nothing {@code post-cn-embedded}
 * and {@code GID_embedded}; clients of other instance IDs have an instance each. Endpoint, AccessKey and permissions of
 * the properties give way, all other properties hold. The instance is a bean, whose events are cleared before each test. The
 * application context is closed after the test class: another one with the same client ID would take the connection away.
 *
 * <p>Nothing but the loopback address is connected to. The first test of a JVM waits one to two seconds for the broker.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest
@DirtiesContext
public @interface EmbeddedApsaraMqttTest {

    /**
     * The RAM policies of the user: each a policy document, the location of one such as {@code classpath:policy.json}, or the name
     * of a system policy such as {@code AliyunMQPubOnlyAccess}. Without any, the clients have an AccessKey of the account itself,
     * which may do everything.
     */
    String[] policy() default {};

    /** Properties of the test, as of {@link SpringBootTest}. */
    @AliasFor(annotation = SpringBootTest.class)
    String[] properties() default {};

    /** Classes of the application, as of {@link SpringBootTest}; default: what the search for its main class finds. */
    @AliasFor(annotation = SpringBootTest.class)
    Class<?>[] classes() default {};

    /** The web environment, as of {@link SpringBootTest}. */
    @AliasFor(annotation = SpringBootTest.class)
    WebEnvironment webEnvironment() default WebEnvironment.MOCK;
}
