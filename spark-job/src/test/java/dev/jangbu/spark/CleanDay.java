package dev.jangbu.spark;

import dev.jangbu.kit.workspace.DayFolder;
import dev.jangbu.kit.workspace.Manifest;
import dev.jangbu.kit.workspace.RunFolders;
import dev.jangbu.kit.workspace.Workspace;
import dev.jangbu.spark.events.CheckedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A day's clean files and their manifest, as transform-job writes them. */
public final class CleanDay {
    private static final List<String> COLUMNS = List.of(
            ("event_date,event_id,event_type,user_id,session_id,occurred_at,platform,device_type,os,browser,page_url,referrer,"
                            + "page_type,product_id,category_id,element_id,element_type,position,quantity,unit_price,"
                            + "source_page,is_recommendation,order_id,total_amount,payment_method,discount_amount,"
                            + "shipping_fee,coupon_code,products,search_query,result_count,category_filter,sort_type,"
                            + "page_number,extra")
                    .split(","));

    private final DayFolder folder;
    private final LocalDate day;
    private final String runId;
    private final List<Manifest.Entry> entries = new ArrayList<>();

    public CleanDay(Path workspace, LocalDate day) {
        this.folder = new Workspace(workspace).clean("events", Workspace.WHOLE_DAY, day);
        this.day = day;
        this.runId = RunFolders.newRunId(Instant.parse("2026-01-16T00:00:00Z"));
    }

    public DayFolder folder() {
        return folder;
    }

    /** One more file. */
    public CleanDay file(List<Event> events) {
        return lines(events.stream().map(event -> row(event.columns())).toList(), events.size());
    }

    public CleanDay file(Event... events) {
        return file(List.of(events));
    }

    /** One more file whose events have another column's value too. */
    public CleanDay file(String column, String value, List<Event> events) {
        List<String> lines = events.stream()
                .map(event -> {
                    Map<String, String> columns = new java.util.HashMap<>(event.columns());
                    columns.put(column, value);
                    return row(columns);
                })
                .toList();
        return lines(lines, events.size());
    }

    private CleanDay lines(List<String> lines, long rows) {
        String name = "part-%05d.csv".formatted(entries.size());
        String text = String.join(",", COLUMNS) + "\n"
                + lines.stream().map(line -> line + "\n").collect(Collectors.joining());
        try {
            Path file = Files.writeString(folder.newRunFolder(runId).resolve(name), text);
            entries.add(new Manifest.Entry(runId + "/" + name, rows, Files.size(file), CheckedFiles.digest(file)));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        return this;
    }

    public Manifest publish() {
        return publishAs(entries);
    }

    /** Says other than what is there. */
    public Manifest publishAs(List<Manifest.Entry> other) {
        Manifest manifest = new Manifest(
                "transform-job",
                "events",
                Workspace.WHOLE_DAY,
                day,
                "simulator",
                "default",
                other.stream().mapToLong(Manifest.Entry::rows).sum(),
                other.stream().mapToLong(Manifest.Entry::bytes).sum(),
                other,
                day.atStartOfDay(java.time.ZoneId.of("Asia/Seoul")).toInstant(),
                day.plusDays(1).atStartOfDay(java.time.ZoneId.of("Asia/Seoul")).toInstant(),
                Map.of(),
                "0.1.0",
                runId,
                1,
                Instant.parse("2026-01-16T00:00:00Z"));
        folder.publish(manifest);
        return manifest;
    }

    public List<Manifest.Entry> entries() {
        return List.copyOf(entries);
    }

    private static String row(Map<String, String> values) {
        return COLUMNS.stream()
                .map(column -> values.containsKey(column) ? quoted(values.get(column)) : "")
                .collect(Collectors.joining(","));
    }

    private static String quoted(String value) {
        return value.matches("[^,\"\r\n]+") ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
