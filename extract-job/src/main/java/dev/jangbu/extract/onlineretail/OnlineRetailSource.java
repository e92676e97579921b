package dev.jangbu.extract.onlineretail;

import dev.jangbu.extract.window.AccountWindow;
import dev.jangbu.extract.window.RecordWriter;
import dev.jangbu.extract.window.ShopAccess;
import dev.jangbu.extract.window.ShopSource;
import dev.jangbu.kit.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Orders out of files with invoices of UCI Online Retail: each run lands all that is in the files. An order is as the
 * files' last moment shows it, and is observed at that moment: files that go less far never undo what longer ones brought.
 * Cancellations that belong to no sale of the files are counted, and listed in the landing's {@value #UNMATCHED}.
 */
public final class OnlineRetailSource implements ShopSource {
    /** Of the file beside the landing's parts. */
    static final String UNMATCHED = "unmatched-cancellations.jsonl";

    private static final String NAME = "online-retail";

    private final Path input;

    /** @param input a CSV file, plain or gzip, or a folder of which all files are read by name */
    public OnlineRetailSource(Path input) {
        this.input = input;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<String> datasets() {
        return Set.of("orders");
    }

    @Override
    public String plan() {
        return "the invoices in " + input;
    }

    @Override
    public Map<String, Long> extract(String dataset, AccountWindow window, ShopAccess access, RecordWriter landing) {
        List<InvoiceLine> lines = new InvoiceFiles(input).read();
        Invoices invoices = Invoices.of(lines);
        ZoneId zone = window.calendar().zone();
        Instant observedAt = lines.stream()
                .map(InvoiceLine::at)
                .filter(Objects::nonNull)
                .max(LocalDateTime::compareTo)
                .map(last -> last.atZone(zone).toInstant())
                .orElse(window.to());
        for (List<Sale> order : invoices.orders()) {
            String customer = access.customerKey(order.get(0).line().customer());
            landing.write(Order.of(order, customer, zone), observedAt);
        }
        landing.sideFile(UNMATCHED, listed(invoices.unmatched(), access));
        return counts(lines, invoices);
    }

    /** What a cancellation says that belongs to no sale, and why it does not. */
    private record Listed(
            String reason,
            String invoice,
            int line,
            String date,
            @Nullable String customerKey,
            String stockCode,
            Object quantity,
            Object unitPrice) {}

    private static byte[] listed(List<Unmatched> unmatched, ShopAccess access) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (Unmatched each : unmatched) {
            InvoiceLine line = each.line();
            Listed listed = new Listed(
                    each.reason().word(),
                    line.invoice(),
                    line.line(),
                    line.date(),
                    access.customerKey(line.customer()),
                    line.stockCode(),
                    InvoiceLine.exact(line.quantity()),
                    InvoiceLine.exact(line.unitPrice()));
            text.writeBytes((Json.line(listed) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return text.toByteArray();
    }

    private static Map<String, Long> counts(List<InvoiceLine> lines, Invoices invoices) {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("source_lines", (long) lines.size());
        counts.put("count_expected", (long) invoices.orders().size());
        counts.put("cancellations", invoices.cancellations());
        counts.put(
                "cancellations_matched",
                invoices.cancellations() - invoices.unmatched().size());
        for (Unmatched.Reason reason : Unmatched.Reason.values()) {
            long count = invoices.unmatched().stream()
                    .filter(each -> each.reason() == reason)
                    .count();
            counts.put("cancellations." + reason.word(), count);
        }
        return counts;
    }
}
