package dev.jangbu.transform.check;

import dev.jangbu.kit.json.Json;
import dev.jangbu.kit.time.BusinessCalendar;
import dev.jangbu.transform.contract.Check;
import dev.jangbu.transform.contract.Contract;
import dev.jangbu.transform.contract.EventType;
import dev.jangbu.transform.contract.Fate;
import dev.jangbu.transform.contract.Field;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Judges one line by itself. Immutable; threads may share it. */
public final class EventChecker {
    private final Contract contract;
    private final BusinessCalendar calendar;
    private final LocalDate businessDate;
    private final RequiredFields requiredFields;
    private final ValueRange valueRange;
    private final OrderAmount orderAmount;
    private final CleanRow cleanRow;

    public EventChecker(Contract contract, BusinessCalendar calendar, LocalDate businessDate) {
        this.contract = contract;
        this.calendar = calendar;
        this.businessDate = businessDate;
        this.requiredFields = new RequiredFields(contract);
        this.valueRange = new ValueRange(contract);
        this.orderAmount = new OrderAmount(contract);
        this.cleanRow = new CleanRow(businessDate);
    }

    /** A line too long to be held. */
    public static CheckedLine tooLong(long bytes) {
        return unreadable("line: " + bytes + " bytes (expected: at most " + Json.LINE_LIMIT + ")");
    }

    /** Judges {@code length} bytes of a line that is not blank, without its line break. */
    public CheckedLine check(byte[] bytes, int from, int length) {
        if (length > Json.LINE_LIMIT) {
            return tooLong(length);
        }
        LineJson line = LineJson.read(bytes, from, length);
        if (line instanceof LineJson.Parsed parsed) {
            return check(parsed.object());
        }
        return unreadable(((LineJson.Unreadable) line).reason());
    }

    private static CheckedLine unreadable(String reason) {
        return CheckedLine.unreadable(new Failure(Check.REQUIRED_FIELDS, reason));
    }

    private CheckedLine check(ObjectNode record) {
        @Nullable String typeName = text(record, Field.EVENT_TYPE);
        @Nullable EventType type = typeName == null ? null : EventType.named(typeName);
        ExtraData extra = ExtraData.of(record);
        boolean carriesOrder = type == EventType.PURCHASE && extra.isPresent();
        @Nullable String platform = text(record, Field.PLATFORM);
        Time time = time(record);
        List<Failure> failures = new ArrayList<>();
        add(failures, Check.REQUIRED_FIELDS, requiredFields.check(record, type));
        add(failures, Check.VALUE_RANGE, valueRange.check(record, type, extra));
        time.fault().ifPresent(reason -> failures.add(new Failure(Check.TIMESTAMP_VALID, reason)));
        if (carriesOrder) {
            orderAmount.check(record, extra).ifPresent(reason -> failures.add(new Failure(Check.ORDER_AMOUNT, reason)));
        }
        if (platform != null) {
            DeviceRule.check(record, platform)
                    .ifPresent(reason -> failures.add(new Failure(Check.PLATFORM_DEVICE, reason)));
        }
        @Nullable String eventId = text(record, Field.EVENT_ID);
        return new CheckedLine(
                true,
                failures,
                eventId == null ? null : eventId.toLowerCase(Locale.ROOT),
                text(record, Field.SESSION_ID),
                platform,
                FunnelStep.of(type),
                time.present(),
                time.micros(),
                carriesOrder,
                row(record, extra, time, failures));
    }

    /** The row of a record that may be kept. */
    private byte @Nullable [] row(ObjectNode record, ExtraData extra, Time time, List<Failure> failures) {
        boolean isRejected = failures.stream()
                .anyMatch(failure -> contract.rule(failure.check()).fate() == Fate.REJECT);
        boolean isTimed = time.micros() != CheckedLine.NO_TIME;
        return isTimed && !isRejected ? cleanRow.write(record, extra, time.micros()) : null;
    }

    private record Time(boolean present, long micros, Optional<String> fault) {}

    private static Time wrong(JsonNode value, String expected) {
        String shown = Shown.field(Field.TIMESTAMP, value);
        return new Time(true, CheckedLine.NO_TIME, Optional.of(shown + expected));
    }

    private Time time(ObjectNode record) {
        JsonNode value = record.get(Field.TIMESTAMP.fieldName());
        if (value == null || value.isNull() || (value.isString() && Blank.is(value.stringValue()))) {
            return new Time(false, CheckedLine.NO_TIME, Optional.empty());
        }
        Optional<Instant> instant =
                value.isString() ? EventTime.parse(value.stringValue(), calendar.zone()) : Optional.empty();
        if (instant.isEmpty()) {
            return wrong(
                    value,
                    " (expected: YYYY-MM-DDThh:mm:ss, with Z or ±hh:mm or in "
                            + calendar.zone().getId() + ")");
        }
        LocalDate day = LocalDate.ofInstant(instant.get(), calendar.zone());
        if (day.getYear() < contract.firstYear() || day.getYear() > contract.lastYear()) {
            return wrong(value, " (expected: a year in " + contract.firstYear() + ".." + contract.lastYear() + ")");
        }
        if (!day.equals(businessDate)) {
            return wrong(
                    value,
                    " outside business date (expected: " + businessDate + " in "
                            + calendar.zone().getId() + ")");
        }
        return new Time(true, ChronoUnit.MICROS.between(Instant.EPOCH, instant.get()), Optional.empty());
    }

    private static void add(List<Failure> failures, Check check, Problems problems) {
        if (!problems.isEmpty()) {
            failures.add(problems.toFailure(check));
        }
    }

    /** A text that says something; null otherwise. */
    private static @Nullable String text(ObjectNode record, Field field) {
        JsonNode value = record.get(field.fieldName());
        return value != null && value.isString() && !Blank.is(value.stringValue()) ? value.stringValue() : null;
    }
}
