package dev.jangbu.transform.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.testkit.EventLines;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.ContractReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker is held to the published schema: the same verdict on generated events, for what a schema can say. */
class JsonSchemaTest {
    private static final int EVENTS = 2_000;

    private final EventChecker checker = new EventChecker(
            ContractReader.read("test", "default"), BusinessCalendar.seoul(), LocalDate.parse(EventLines.DAY));
    private final Schema schema = schema();

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void checkerAndSchemaSayTheSame(long seed) {
        EventLines lines = new EventLines(seed);
        int refused = 0;
        for (int event = 0; event < EVENTS; event++) {
            Map<String, String> fields = lines.event();
            String line = event % 2 == 0 ? lines.odd(fields) : lines.good();
            if (isBeyondSchema(line)) {
                continue;
            }
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            List<Failure> failures = checker.check(bytes, 0, bytes.length).failures();
            boolean passes = failures.stream().noneMatch(JsonSchemaTest::isSchemas);
            List<?> errors = schema.validate(line, InputFormat.JSON);
            assertThat(passes)
                    .as("seed %d, event %d: %s%nchecker: %s%nschema: %s", seed, event, line, failures, errors)
                    .isEqualTo(errors.isEmpty());
            refused += passes ? 0 : 1;
        }
        assertThat(refused).as("seed " + seed).isBetween(EVENTS / 10, EVENTS / 2);
    }

    /** Dates that are no date, days that are another day, sums, devices: not a schema's business. */
    private static boolean isSchemas(Failure failure) {
        boolean isForm = failure.check() == Check.TIMESTAMP_VALID
                && failure.reason().contains("YYYY-MM-DD")
                && !failure.reason().contains("2026-02-30")
                && !failure.reason().contains("0000-01-01");
        return failure.check() == Check.REQUIRED_FIELDS || failure.check() == Check.VALUE_RANGE || isForm;
    }

    /** What PostgreSQL cannot hold, and what is inside a string. */
    private static boolean isBeyondSchema(String line) {
        return line.contains("\\u0000")
                || line.contains("\\ud800")
                || line.contains("1e200000")
                || line.contains("\\\"");
    }

    private static Schema schema() {
        try (InputStream json = JsonSchemaTest.class.getResourceAsStream("/contracts/events.schema.json")) {
            String text = new String(Objects.requireNonNull(json).readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(text);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
