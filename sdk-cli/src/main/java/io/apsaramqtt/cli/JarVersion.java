package io.apsaramqtt.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest tells. */
final class JarVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = ApsaraMqttCommand.class.getPackage().getImplementationVersion();
        return new String[] {"apsara-mqtt " + (version == null ? "(not run from its jar, version not known)" : version)
        };
    }
}
