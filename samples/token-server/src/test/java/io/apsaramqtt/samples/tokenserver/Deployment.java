package io.apsaramqtt.samples.tokenserver;

import io.apsaramqtt.credentials.AccessKey;
import io.apsaramqtt.mqtt.ClientId;
import io.apsaramqtt.test.cloud.FakeAlibabaCloud;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The server with two devices: one reads and writes, the other only reads. */
final class Deployment {

    static final AccessKey ACCOUNT = AccessKey.of("LTAI5tAccountOfTests", "secret-of-the-account");
    static final String INSTANCE = "post-cn-tokenserver";
    static final ClientId CLIENT = ClientId.of("GID_demo", "device-1");
    static final String DEVICE_SECRET = "secret-of-the-device";
    static final ClientId READER = ClientId.of("GID_demo", "reader-1");
    static final String READER_SECRET = "secret-of-the-reader";

    private Deployment() {}

    static FakeAlibabaCloud cloud() {
        return FakeAlibabaCloud.builder().account(ACCOUNT).instance(INSTANCE).start();
    }

    static ConfigurableApplicationContext start(FakeAlibabaCloud cloud) {
        System.setProperty("alibabacloud.accessKeyId", ACCOUNT.id());
        System.setProperty("alibabacloud.accessKeySecret", ACCOUNT.secret());
        return new SpringApplicationBuilder(TokenServer.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--logging.level.org.springframework.web=DEBUG",
                        "--spring.main.banner-mode=off",
                        "--token-server.instance-id=" + INSTANCE,
                        "--token-server.endpoint=" + cloud.endpoint(),
                        "--token-server.devices[0].client-id=" + CLIENT,
                        "--token-server.devices[0].secret=" + DEVICE_SECRET,
                        "--token-server.devices[0].type=RW",
                        "--token-server.devices[0].topics=alarms/#,state/device-1",
                        "--token-server.devices[1].client-id=" + READER,
                        "--token-server.devices[1].secret=" + READER_SECRET,
                        "--token-server.devices[1].type=R",
                        "--token-server.devices[1].topics=alarms/#");
    }

    static int port(ConfigurableApplicationContext server) {
        return server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    static void stop(ConfigurableApplicationContext server) {
        server.close();
        System.clearProperty("alibabacloud.accessKeyId");
        System.clearProperty("alibabacloud.accessKeySecret");
    }
}
