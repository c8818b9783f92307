package io.apsaramqtt.test.hivemq;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import io.apsaramqtt.test.service.Instances;

/** The HiveMQ extension that makes HiveMQ behave as the service does. */
final class ServiceExtension implements ExtensionMain {

    private final Instances instances;

    private final TokenWatch watch;

    ServiceExtension(Instances instances, TokenWatch watch) {
        this.instances = instances;
        this.watch = watch;
    }

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        ServiceAuthenticator authenticator = new ServiceAuthenticator(instances);
        OperationAuthorizer authorizer = new OperationAuthorizer(instances);
        ConnackInterceptor connack = new ConnackInterceptor(instances, watch);
        MessageInterceptor messages = new MessageInterceptor(instances, watch);
        DisconnectListener disconnects = new DisconnectListener(instances);
        Services.securityRegistry().setAuthenticatorProvider(provider -> authenticator);
        Services.securityRegistry().setAuthorizerProvider(provider -> authorizer);
        Services.interceptorRegistry().setConnackOutboundInterceptorProvider(provider -> connack);
        Services.initializerRegistry().setClientInitializer((client, context) -> {
            context.addPublishInboundInterceptor(messages);
            context.addPublishOutboundInterceptor(messages);
            context.addSubscribeInboundInterceptor(messages);
        });
        Services.eventRegistry().setClientLifecycleEventListener(provider -> disconnects);
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
}
