package io.apsaramqtt.cli;

import io.apsaramqtt.resource.Dialect;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a dialect by its name, as in {@code MQTT_UPGRADED} or {@code mqtt-upgraded}; its words are for explanations. */
final class DialectName implements ITypeConverter<Dialect> {

    @Override
    public Dialect convert(String value) {
        String name = value.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(Dialect.values())
                .filter(dialect -> dialect.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("[" + value + "] is no dialect; allowed are "
                        + String.join(
                                ", ",
                                Arrays.stream(Dialect.values())
                                        .map(Dialect::name)
                                        .toList())));
    }
}
