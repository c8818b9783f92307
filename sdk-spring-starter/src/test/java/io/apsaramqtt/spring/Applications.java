package io.apsaramqtt.spring;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.test.EmbeddedApsaraMqtt;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Applications of the group {@code GID_spring}, without a web server, to be given the properties of a test. */
public final class Applications {

    private Applications() {}

    /** With nowhere to connect to. */
    public static SpringApplicationBuilder of(Class<?>... sources) {
        return new SpringApplicationBuilder(sources)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties("apsara.mqtt.group-id=GID_spring", "logging.level.root=warn");
    }

    /** On an embedded broker, as the one whose AccessKey this is. */
    public static SpringApplicationBuilder on(EmbeddedApsaraMqtt broker, AccessKey key, Class<?>... sources) {
        return of(sources)
                .properties(
                        "apsara.mqtt.endpoint=" + broker.endpoint(),
                        "apsara.mqtt.instance-id=" + broker.instanceId(),
                        "apsara.mqtt.credentials.access-key-id=" + key.id(),
                        "apsara.mqtt.credentials.access-key-secret=" + key.secret());
    }
}
