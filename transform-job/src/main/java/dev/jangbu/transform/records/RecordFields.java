package dev.jangbu.transform.records;

import dev.jangbu.transform.check.EventTime;
import dev.jangbu.transform.check.Shown;
import dev.jangbu.transform.check.StorableText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a record, or of an object in it, read as what they should be. A number may be written as text, a text as a
 * number; empty text is nothing. What does not fit is told to the findings, and stands for nothing.
 */
public final class RecordFields {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,30}(\\.\\d{1,30})?");
    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

    private final ObjectNode node;
    private final String path;
    private final RecordContract contract;
    private final ZoneId zone;
    private final Findings findings;

    /** @param zone of times that name none */
    public RecordFields(ObjectNode node, RecordContract contract, ZoneId zone, Findings findings) {
        this(node, "", contract, zone, findings);
    }

    private RecordFields(ObjectNode node, String path, RecordContract contract, ZoneId zone, Findings findings) {
        this.node = node;
        this.path = path;
        this.contract = contract;
        this.zone = zone;
        this.findings = findings;
    }

    /** What is wrong with the record so far. */
    public Findings findings() {
        return findings;
    }

    /** Tells that a field does not hold what it should. */
    public void fail(RecordCheck check, String name, String shown, String expected) {
        findings.fail(check, path + name + ": " + Shown.text(shown) + " (expected: " + expected + ")");
    }

    public boolean has(String name) {
        return value(name) != null;
    }

    public @Nullable String text(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (value.isContainer()) {
            return refuse(name, value, "a text");
        }
        String text = value.isNumber() ? plain(value.decimalValue()) : value.asString();
        String fault = StorableText.fault(text);
        return fault == null ? text : refuse(name, value, "text without " + fault);
    }

    /** Empty where it is not there. */
    public String requiredText(String name) {
        String text = text(name);
        return text == null ? missing(name, "") : text;
    }

    /** A pseudonym of a customer: 64 hexadecimal digits. */
    public @Nullable String customerKey(String name) {
        String key = text(name);
        if (key == null || KEY.matcher(key).matches()) {
            return key;
        }
        fail(RecordCheck.VALUE_RANGE, name, "(not shown)", "64 hexadecimal digits");
        return null;
    }

    /** False where it is not there. */
    public boolean requiredFlag(String name) {
        if (!has(name)) {
            return missing(name, false);
        }
        return Boolean.TRUE.equals(flag(name));
    }

    /** Cafe24 says T and F. */
    public @Nullable Boolean flag(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        return switch (value.asString("")) {
            case "T", "true" -> true;
            case "F", "false" -> false;
            default -> refuse(name, value, "T or F");
        };
    }

    /** Money that is not negative, with at most two decimals. */
    public @Nullable BigDecimal amount(String name) {
        return within(name, BigDecimal.ZERO);
    }

    /** Money that may be negative, such as what an option adds to a price. */
    public BigDecimal signedAmountOrZero(String name) {
        BigDecimal amount = within(name, contract.largestAmount().negate());
        return amount == null ? BigDecimal.ZERO : amount;
    }

    /** Money of a sale, as small as the contract allows: a refund may be a sale below 0. */
    public @Nullable BigDecimal saleAmount(String name) {
        return within(name, contract.smallestAmount());
    }

    public BigDecimal requiredSaleAmount(String name) {
        if (!has(name)) {
            return missing(name, BigDecimal.ZERO);
        }
        BigDecimal amount = saleAmount(name);
        return amount == null ? BigDecimal.ZERO : amount;
    }

    public BigDecimal amountOrZero(String name) {
        BigDecimal amount = amount(name);
        return amount == null ? BigDecimal.ZERO : amount;
    }

    public BigDecimal requiredAmount(String name) {
        if (!has(name)) {
            return missing(name, BigDecimal.ZERO);
        }
        return amountOrZero(name);
    }

    /** A whole number, not negative. */
    public @Nullable Long count(String name) {
        return whole(name, 0, Long.MAX_VALUE);
    }

    public long requiredCount(String name) {
        if (!has(name)) {
            return missing(name, 0L);
        }
        Long count = count(name);
        return count == null ? 0 : count;
    }

    /** How many of an item, 0 included. */
    public @Nullable Integer quantity(String name) {
        Long quantity = whole(name, 0, contract.largestQuantity());
        return quantity == null ? null : quantity.intValue();
    }

    /** How many there are to sell. */
    public @Nullable Integer stock(String name) {
        Long stock = whole(name, 0, Integer.MAX_VALUE);
        return stock == null ? null : stock.intValue();
    }

    /** How many of an item, at least one. */
    public int requiredQuantity(String name) {
        if (!has(name)) {
            return missing(name, 1);
        }
        Long quantity = whole(name, 1, contract.largestQuantity());
        return quantity == null ? 1 : quantity.intValue();
    }

    public @Nullable Instant instant(String name) {
        Instant instant = instantOfAnyYear(name);
        return instant != null && isValid(LocalDate.ofInstant(instant, zone), name) ? instant : null;
    }

    public Instant requiredInstant(String name) {
        if (!has(name)) {
            return missing(name, Instant.EPOCH);
        }
        Instant instant = instant(name);
        return instant == null ? Instant.EPOCH : instant;
    }

    /** When the record was seen: now, however old what it tells is. */
    Instant observedAt(String name) {
        if (!has(name)) {
            return missing(name, Instant.EPOCH);
        }
        Instant instant = instantOfAnyYear(name);
        return instant == null ? Instant.EPOCH : instant;
    }

    private @Nullable Instant instantOfAnyYear(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        Optional<Instant> instant = value.isString() ? EventTime.parse(value.stringValue(), zone) : Optional.empty();
        if (instant.isEmpty()) {
            tell(
                    RecordCheck.TIMESTAMP_VALID,
                    name,
                    value,
                    "YYYY-MM-DDThh:mm:ss, with Z or ±hh:mm or in " + zone.getId());
        }
        return instant.orElse(null);
    }

    /** Whether a date is in the years the contract allows; tells it where not. */
    public boolean isValid(LocalDate date, String name) {
        boolean isValid = date.getYear() >= contract.firstYear() && date.getYear() <= contract.lastYear();
        if (!isValid) {
            String years = contract.firstYear() + ".." + contract.lastYear();
            fail(RecordCheck.TIMESTAMP_VALID, name, date.toString(), "a year in " + years);
        }
        return isValid;
    }

    /** The object of that name; without fields where there is none. */
    public RecordFields object(String name) {
        JsonNode value = value(name);
        if (value instanceof ObjectNode object) {
            return within(name + ".", object);
        }
        if (value != null) {
            refuse(name, value, "an object");
        }
        return within(name + ".", node.objectNode());
    }

    /** The object of that name, which must be there. */
    public RecordFields requiredObject(String name) {
        if (!has(name)) {
            missing(name, name);
        }
        return object(name);
    }

    /** The same fields, one of them, where it is a text, written differently. */
    public RecordFields with(String name, UnaryOperator<String> change) {
        JsonNode value = node.get(name);
        if (value == null || !value.isString()) {
            return this;
        }
        ObjectNode changed = node.deepCopy();
        changed.put(name, change.apply(value.stringValue()));
        return new RecordFields(changed, path, contract, zone, findings);
    }

    /** The same fields, told without the way to them. */
    RecordFields asRoot() {
        return new RecordFields(node, "", contract, zone, findings);
    }

    /** The objects of a list; none where it is not there. */
    public List<RecordFields> list(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return List.of();
        }
        List<RecordFields> list = new ArrayList<>();
        if (!value.isArray()) {
            refuse(name, value, "a list");
        }
        for (JsonNode element : value.isArray() ? value : List.<JsonNode>of()) {
            String place = name + "[" + (list.size() + 1) + "]";
            if (!(element instanceof ObjectNode)) {
                refuse(place, element, "an object");
            }
            list.add(within(place + ".", element instanceof ObjectNode object ? object : node.objectNode()));
        }
        return list;
    }

    /** The texts of a list; a single text counts as a list of one. */
    public List<String> texts(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return List.of();
        }
        ObjectNode each = node.objectNode();
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value.isArray() ? value : List.of(value)) {
            String place = value.isArray() ? name + "[" + (texts.size() + 1) + "]" : name;
            each.set(place, element);
            texts.add(within("", each).requiredText(place));
        }
        return texts;
    }

    /** The value; null where there is none, or nothing but white space. */
    public @Nullable JsonNode value(String name) {
        JsonNode value = node.get(name);
        boolean isNothing = value == null
                || value.isNull()
                || (value.isString() && value.stringValue().isBlank());
        return isNothing ? null : value;
    }

    private RecordFields within(String place, ObjectNode object) {
        return new RecordFields(object, path + place, contract, zone, findings);
    }

    private @Nullable BigDecimal within(String name, BigDecimal least) {
        JsonNode value = value(name);
        BigDecimal amount = value == null ? null : number(value);
        if (value == null) {
            return null;
        }
        boolean isMoney = amount != null
                && amount.stripTrailingZeros().scale() <= 2
                && amount.compareTo(least) >= 0
                && amount.compareTo(contract.largestAmount()) <= 0;
        return isMoney
                ? amount
                : refuse(
                        name,
                        value,
                        "an amount in " + least.toPlainString() + ".."
                                + contract.largestAmount().toPlainString() + " with at most two decimals");
    }

    private @Nullable Long whole(String name, long least, long most) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        BigDecimal number = number(value);
        boolean isNone = number == null
                || number.stripTrailingZeros().scale() > 0
                || number.compareTo(BigDecimal.valueOf(least)) < 0
                || number.compareTo(BigDecimal.valueOf(most)) > 0;
        return number == null || isNone
                ? refuse(name, value, "a whole number in " + least + ".." + most)
                : Long.valueOf(number.longValueExact());
    }

    private static @Nullable BigDecimal number(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue();
        }
        boolean isNumber =
                value.isString() && NUMBER.matcher(value.stringValue()).matches();
        return isNumber ? new BigDecimal(value.stringValue()) : null;
    }

    private static String plain(BigDecimal number) {
        return Math.abs(number.scale()) > 100 ? number.toString() : number.toPlainString();
    }

    private <T> T missing(String name, T nothing) {
        findings.fail(RecordCheck.REQUIRED_FIELDS, path + name + ": absent (expected: a value)");
        return nothing;
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // Always null: whatever the caller reads.
    private <T> @Nullable T refuse(String name, JsonNode value, String expected) {
        tell(RecordCheck.VALUE_RANGE, name, value, expected);
        return null;
    }

    private void tell(RecordCheck check, String name, JsonNode value, String expected) {
        findings.fail(check, path + name + ": " + Shown.value(value) + " (expected: " + expected + ")");
    }
}
