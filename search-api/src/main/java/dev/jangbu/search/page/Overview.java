package dev.jangbu.search.page;

import dev.jangbu.search.access.Caller;
import dev.jangbu.search.access.Stores;
import dev.jangbu.search.anomalies.Anomalies;
import dev.jangbu.search.anomalies.DayCount;
import dev.jangbu.search.http.Cursor;
import dev.jangbu.search.http.Listing;
import dev.jangbu.search.http.Parameters;
import dev.jangbu.search.spend.Spending;
import dev.jangbu.search.spend.UnitPrice;
import dev.jangbu.search.spend.WeeklyUnitPrice;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A day of all stores, and the course of one. */
@RestController
public final class Overview {
    private static final int DAYS = 60;
    private static final int DAYS_OF_ALL = 28;
    private static final int STORES = 50;

    private final Spending spending;
    private final Anomalies anomalies;
    private final Stores stores;

    public Overview(Spending spending, Anomalies anomalies, Stores stores) {
        this.spending = spending;
        this.anomalies = anomalies;
        this.stores = stores;
    }

    @GetMapping("/")
    ResponseEntity<byte[]> day(@AuthenticationPrincipal Caller caller, HttpServletRequest request) {
        Parameters parameters = Parameters.of(request, List.of("date", "cursor"));
        LocalDate asked = parameters.day("date");
        LocalDate latest = asked == null ? spending.latestDay(caller) : asked;
        if (latest == null) {
            return Frame.page(request, caller, "현황", html -> html.leaf("p", "아직 적재된 카드 매출이 없습니다.", "class", "panel"));
        }
        Cursor cursor = parameters.cursor();
        Listing<UnitPrice> page = spending.ofDay(caller, latest, null, cursor, STORES);
        List<DayCount> counts = anomalies.counts(caller, null, latest, DAYS_OF_ALL);
        return Frame.page(request, caller, "현황", html -> {
            dayForm(html, latest);
            countChart(html, "정상 거래와 이상 거래 (건)", counts);
            html.open("p", "class", "links");
            html.leaf("a", latest + " 이상 거래", "href", "/anomalies?from=" + latest + "&to=" + latest);
            html.close();
            html.open("section").leaf("h2", latest + " 가맹점별 객단가");
            storeTable(html, page.rows());
            Paging.next(html, request, parameters, page.next());
            html.close();
        });
    }

    @GetMapping("/stores/{id}")
    ResponseEntity<byte[]> store(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, @PathVariable("id") String id) {
        Parameters.of(request, List.of());
        long storeId = Parameters.number("id", id);
        stores.require(caller, storeId);
        String name = stores.name(caller, storeId);
        List<UnitPrice> newest = spending.newestDays(caller, storeId, DAYS);
        String title = "가맹점 " + storeId + (name == null ? "" : " " + name);
        if (newest.isEmpty()) {
            return Frame.page(request, caller, title, html -> html.leaf("p", "집계된 날이 없습니다.", "class", "panel"));
        }
        LocalDate last = newest.get(0).saleDate();
        LocalDate first = newest.get(newest.size() - 1).saleDate();
        List<WeeklyUnitPrice> weeks = spending.weeks(caller, storeId, first, last, null, Parameters.HIGHEST_LIMIT)
                .rows();
        List<DayCount> counts = anomalies.counts(caller, storeId, last, DAYS_OF_ALL);
        return Frame.page(request, caller, title, html -> {
            curve(html, newest, weeks);
            countChart(html, "정상 거래와 이상 거래 (건)", counts);
            html.open("p", "class", "links");
            html.leaf("a", "이 가맹점의 이상 거래", "href", "/anomalies?store_id=" + storeId);
            html.leaf("a", "이 가맹점의 거래 검색", "href", "/sales?store_id=" + storeId);
            html.close();
            numbers(html, newest, weeks);
        });
    }

    private static void dayForm(Html html, LocalDate day) {
        html.open("form", "method", "get", "action", "/", "class", "filters panel");
        Fields.input(html, "date", "날짜", "date", day.toString());
        html.leaf("button", "보기", "type", "submit");
        html.leaf("a", "전날", "href", "/?date=" + day.minusDays(1), "class", "button");
        html.leaf("a", "다음 날", "href", "/?date=" + day.plusDays(1), "class", "button");
        html.close();
    }

    private static void storeTable(Html html, List<UnitPrice> rows) {
        if (rows.isEmpty()) {
            html.leaf("p", "이 날의 매출이 없습니다.", "class", "panel");
            return;
        }
        Fields.openTable(html, List.of("가맹점", "객단가", "매출", "결제", "취소", "카드 수"));
        for (UnitPrice row : rows) {
            html.open("tr").open("th", "scope", "row");
            html.leaf("a", String.valueOf(row.storeId()), "href", "/stores/" + row.storeId());
            html.close();
            html.leaf("td", Show.won(row.unitPrice()));
            html.leaf("td", Show.won(row.totalSale()));
            html.leaf("td", Show.number(row.paymentCount()));
            html.leaf("td", Show.number(row.canceledCount()));
            html.leaf("td", Show.number(row.distinctCards()));
            html.close();
        }
        Fields.closeTable(html);
    }

    /** By day and by the week before it, over every day between the first and the last. */
    private static void curve(Html html, List<UnitPrice> newest, List<WeeklyUnitPrice> weeks) {
        Map<LocalDate, Double> byDay = new TreeMap<>();
        newest.forEach(day -> put(byDay, day.saleDate(), day.unitPrice()));
        Map<LocalDate, Double> byWeek = new TreeMap<>();
        weeks.forEach(week -> put(byWeek, week.saleDate(), week.weekUnitPrice()));
        LocalDate last = newest.get(0).saleDate();
        List<LocalDate> days = newest.get(newest.size() - 1)
                .saleDate()
                .datesUntil(last.plusDays(1))
                .toList();
        html.open("section", "class", "panel").leaf("h2", "객단가 (원)");
        legend(html, Map.of("day", "하루", "week", "앞 7일"), List.of("day", "week"));
        Chart.lines(
                html,
                "하루 객단가와 앞 7일 객단가, " + days.get(0) + "부터 " + last + "까지",
                days,
                List.of(
                        new Chart.Line("하루", "day", values(days, byDay)),
                        new Chart.Line("앞 7일", "week", values(days, byWeek))));
        html.close();
    }

    private static void put(Map<LocalDate, Double> values, LocalDate day, @Nullable BigDecimal value) {
        if (value != null) {
            values.put(day, value.doubleValue());
        }
    }

    private static List<@Nullable Double> values(List<LocalDate> days, Map<LocalDate, Double> known) {
        List<@Nullable Double> values = new ArrayList<>();
        days.forEach(day -> values.add(known.get(day)));
        return values;
    }

    private static void countChart(Html html, String title, List<DayCount> counts) {
        html.open("section", "class", "panel").leaf("h2", title);
        if (counts.isEmpty()) {
            html.leaf("p", "집계된 날이 없습니다.").close();
            return;
        }
        legend(html, Map.of("usual", "정상", "odd", "이상"), List.of("usual", "odd"));
        Chart.stacks(
                html,
                "날마다 정상 거래와 이상 거래의 수, " + counts.get(0).saleDate() + "부터 "
                        + counts.get(counts.size() - 1).saleDate() + "까지",
                counts.stream()
                        .map(count -> new Chart.Stack(
                                count.saleDate(),
                                Math.max(0, count.sales() - count.anomalousSales()),
                                count.anomalousSales(),
                                count.saleDate() + " · 정상 " + Show.number(count.sales() - count.anomalousSales())
                                        + "건, 이상 "
                                        + Show.number(count.anomalousSales()) + "건 ("
                                        + Show.won(count.anomalousAmount())
                                        + ")"))
                        .toList());
        html.close();
    }

    private static void legend(Html html, Map<String, String> names, List<String> order) {
        html.open("ul", "class", "legend");
        for (String style : order) {
            html.open("li").open("i", "class", style).close();
            html.text(names.getOrDefault(style, style)).close();
        }
        html.close();
    }

    private static void numbers(Html html, List<UnitPrice> newest, List<WeeklyUnitPrice> weeks) {
        Map<LocalDate, WeeklyUnitPrice> byDay = new LinkedHashMap<>();
        weeks.forEach(week -> byDay.put(week.saleDate(), week));
        html.open("details", "class", "panel").leaf("summary", "숫자로 보기");
        Fields.openTable(html, List.of("날짜", "객단가", "앞 7일 객단가", "매출", "결제", "취소"));
        for (UnitPrice day : newest) {
            WeeklyUnitPrice week = byDay.get(day.saleDate());
            html.open("tr").leaf("th", day.saleDate().toString(), "scope", "row");
            html.leaf("td", Show.won(day.unitPrice()));
            html.leaf("td", week == null || week.isUnknown() ? "알 수 없음" : Show.won(week.weekUnitPrice()));
            html.leaf("td", Show.won(day.totalSale()));
            html.leaf("td", Show.number(day.paymentCount()));
            html.leaf("td", Show.number(day.canceledCount()));
            html.close();
        }
        Fields.closeTable(html);
        html.close();
    }
}
