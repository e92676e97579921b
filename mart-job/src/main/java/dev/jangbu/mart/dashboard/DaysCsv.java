package dev.jangbu.mart.dashboard;

import dev.jangbu.mart.report.CheckResult;
import dev.jangbu.mart.report.Ledger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The days as CSV for a spreadsheet: RFC 4180, UTF-8. Text a spreadsheet would take for a formula is led by an
 * apostrophe.
 */
final class DaysCsv {
    private static final String HEADER =
            "day,verdict,events,orders,revenue,profile,lines,clean,rejected,in_table,balanced,failed_checks";
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private DaysCsv() {}

    static byte[] bytes(Dashboard dashboard) {
        StringBuilder csv = new StringBuilder(HEADER).append("\r\n");
        dashboard.days().forEach(day -> csv.append(row(day)).append("\r\n"));
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String row(DashboardDay day) {
        List<String> cells = new ArrayList<>();
        cells.add(day.day().toString());
        cells.add(day.verdict().word());
        cells.add(plain(day.events()));
        cells.add(plain(day.orders()));
        cells.add(day.revenue() == null ? "" : day.revenue().toPlainString());
        cells.add(cell(day.profile()));
        Ledger ledger = day.ledger();
        cells.add(plain(ledger == null ? null : Long.valueOf(ledger.lines())));
        cells.add(plain(ledger == null ? null : Long.valueOf(ledger.clean())));
        cells.add(plain(ledger == null ? null : Long.valueOf(ledger.rejected())));
        cells.add(plain(ledger == null ? null : ledger.inTable()));
        cells.add(ledger == null ? "" : String.valueOf(ledger.balanced()));
        cells.add(cell(day.failedChecks().stream().map(CheckResult::name).collect(Collectors.joining(" "))));
        return String.join(",", cells);
    }

    private static String plain(@Nullable Long number) {
        return Objects.toString(number, "");
    }

    static String cell(String text) {
        boolean isFormula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        String safe = isFormula ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
