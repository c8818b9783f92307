package io.apsaramqtt.permission.source;

import io.apsaramqtt.ApsaraMqttException;
import io.apsaramqtt.permission.EffectivePermissions;
import io.apsaramqtt.permission.Grants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one source after the other until one knows something; why those before it did not is told with the answer. */
final class LayeredPermissionSource implements PermissionSource {

    private static final Logger log = LoggerFactory.getLogger(LayeredPermissionSource.class);

    private final List<PermissionSource> sources;
    private volatile String said = "";

    LayeredPermissionSource(List<PermissionSource> sources) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("A layered permission source needs at least one source");
        }
        this.sources = List.copyOf(sources);
    }

    @Override
    public EffectivePermissions load() {
        return first(PermissionSource::load);
    }

    @Override
    public EffectivePermissions load(Instant after) {
        return first(source -> source.load(after));
    }

    private EffectivePermissions first(Function<PermissionSource, EffectivePermissions> loading) {
        List<String> attempts = new ArrayList<>();
        List<ApsaraMqttException> failures = new ArrayList<>();
        EffectivePermissions unknown = null;
        for (PermissionSource source : sources) {
            try {
                EffectivePermissions read = loading.apply(source);
                if (!(read.grants() instanceof Grants.Unknown nothing)) {
                    return told(read, attempts);
                }
                unknown = unknown == null ? read : unknown;
                attempts.add(read.source() + " knows nothing: " + nothing.reason());
            } catch (ApsaraMqttException e) {
                failures.add(e);
                attempts.add(e.getMessage());
            }
        }
        if (unknown != null) {
            return EffectivePermissions.unknown(String.join("; ", attempts), unknown.readAt(), unknown.source());
        }
        throw failure(attempts, failures);
    }

    private EffectivePermissions told(EffectivePermissions read, List<String> attempts) {
        String instead = String.join("; ", attempts);
        if (!instead.equals(said)) {
            said = instead;
            if (instead.isEmpty()) {
                log.info("Permissions taken from {} again", read.source());
            } else {
                log.warn("Permissions taken from {}, as those before it did not answer: {}", read.source(), instead);
            }
        }
        return read;
    }

    /** Temporary if any of them is: then the next question may be answered. */
    private static PermissionSourceException failure(List<String> attempts, List<ApsaraMqttException> failures) {
        String problem = "has no layer that answers: " + String.join("; ", attempts);
        boolean temporary = failures.stream()
                .anyMatch(failure -> failure instanceof PermissionSourceException source && source.isTemporary());
        PermissionSourceException failure = temporary
                ? PermissionSourceException.temporary("layered", problem, null)
                : new PermissionSourceException("layered", problem, null);
        boolean told = failures.stream()
                .allMatch(layer -> layer instanceof PermissionSourceException source && source.isTold());
        PermissionSourceException thrown = told ? failure.told() : failure;
        failures.forEach(thrown::addSuppressed);
        return thrown;
    }

    @Override
    public AutoCloseable watch(Runnable changed) {
        List<AutoCloseable> watches =
                sources.stream().map(source -> source.watch(changed)).toList();
        return () -> {
            for (AutoCloseable watch : watches) {
                watch.close();
            }
        };
    }
}
