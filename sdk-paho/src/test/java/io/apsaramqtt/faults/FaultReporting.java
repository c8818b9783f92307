package io.apsaramqtt.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link FaultReport} of their class as a parameter. After the last test of the JVM, it is printed, and written
 * to {@code target/fault-report-<class>.md}.
 */
public final class FaultReporting implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(FaultReporting.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FaultReport.class;
    }

    @Override
    public FaultReport resolveParameter(ParameterContext parameter, ExtensionContext context) {
        String name = context.getRequiredTestClass().getSimpleName();
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        name,
                        key -> new Publication(new FaultReport(), Path.of("target"), "fault-report-" + name + ".md"),
                        Publication.class)
                .report();
    }

    /** Closed by JUnit at the end. */
    record Publication(FaultReport report, Path folder, String file) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            if (!report.isEmpty()) {
                System.out.print(report.markdown());
                Files.writeString(Files.createDirectories(folder).resolve(file), report.markdown());
            }
        }
    }
}
