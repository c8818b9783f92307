package io.apsaramqtt.test.cloud.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request, decoded, in the order of the wire. A name may occur more than once; the first one counts.
 *
 * <p>Immutable.
 */
public final class Parameters {

    private final List<Parameter> all;

    private Parameters(List<Parameter> all) {
        this.all = List.copyOf(all);
    }

    /**
     * A parameter.
     *
     * @param name its name
     * @param value its value, may be empty
     */
    public record Parameter(String name, String value) {}

    /** The parameters in a query or a form; throws {@link CloudErrorException} if it is not percent-encoded. */
    public static Parameters parse(String text) {
        List<Parameter> parsed = new ArrayList<>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parsed.add(new Parameter(PercentEncoding.decode(name), PercentEncoding.decode(value)));
            }
        }
        return new Parameters(parsed);
    }

    /** These parameters, then those. */
    public Parameters and(Parameters more) {
        List<Parameter> joined = new ArrayList<>(all);
        joined.addAll(more.all);
        return new Parameters(joined);
    }

    /** These parameters without one of that name. */
    public Parameters without(String name) {
        return new Parameters(
                all.stream().filter(each -> !each.name().equals(name)).toList());
    }

    /** All of them, as they came. */
    public List<Parameter> all() {
        return all;
    }

    /** The first value of each name. */
    public Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        all.forEach(each -> map.putIfAbsent(each.name(), each.value()));
        return map;
    }

    /** The parameter, unless it is missing or empty. */
    public Optional<String> find(String name) {
        return all.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .map(Parameter::value)
                .filter(value -> !value.isEmpty());
    }

    /** The parameter; throws {@link CloudErrorException} {@code Missing<name>} where it is missing or empty. */
    public String require(String name) {
        return find(name).orElseThrow(() -> CloudErrorException.missing(name));
    }

    /** The names; values may be secrets. */
    @Override
    public String toString() {
        return "Parameters" + all.stream().map(Parameter::name).toList();
    }
}
