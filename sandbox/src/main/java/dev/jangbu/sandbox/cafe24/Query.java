package dev.jangbu.sandbox.cafe24;

import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Parameters;
import dev.jangbu.sandbox.shop.Days;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The parameters of one call, held to the endpoint's rules: what is not allowed is a 422. */
final class Query {
    private static final int LIST_LIMIT = 100;
    private static final Set<String> COMMON = Set.of("shop_no", "fields", "embed", "limit", "offset");

    /** Both ends included. */
    record Span(Instant from, Instant to) {
        boolean holds(Instant instant) {
            return !instant.isBefore(from) && !instant.isAfter(to);
        }
    }

    private final Call call;
    private final Parameters parameters;
    private final boolean isClamping;
    private final int shopNo;

    private Query(Call call, boolean isClamping, int shops) {
        this.call = call;
        this.isClamping = isClamping;
        parameters = call.query();
        shopNo = shopNo(parameters.get("shop_no", "1"), shops);
    }

    /** @param known the endpoint's own parameters; those that all have are always known */
    static Query of(Call call, MallState mall, String... known) {
        Query query = new Query(call, mall.mall().isClamping(), mall.mall().shops());
        query.requireKnown(Set.of(known));
        query.requireShortLists();
        return query;
    }

    private static int shopNo(String text, int shops) {
        if (!text.matches("[1-9]\\d?") || Integer.parseInt(text) > shops) {
            throw Problem.unprocessable("shop_no: " + text + " does not exist.");
        }
        return Integer.parseInt(text);
    }

    /** The shop that is asked, the first where none is named. */
    int shopNo() {
        return shopNo;
    }

    Call call() {
        return call;
    }

    Optional<String> first(String name) {
        return parameters.first(name);
    }

    /** Empty where the parameter is absent, which means any. */
    Set<String> each(String name) {
        return new HashSet<>(parameters.each(name));
    }

    boolean isAny(String name, String value) {
        Set<String> wanted = each(name);
        return wanted.isEmpty() || wanted.contains(value);
    }

    /** @param cap a higher one is refused, or cut where the mall clamps */
    int number(String name, int otherwise, int least, int cap) {
        Optional<String> text = parameters.first(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        int value = parsed(name, text.get());
        if (value > cap && isClamping) {
            return cap;
        }
        if (value < least || value > cap) {
            throw Problem.unprocessable(name + ": must be between " + least + " and " + cap + ".");
        }
        return value;
    }

    /** One of the values, the first where it is absent. */
    String oneOf(String name, List<String> values) {
        String value = parameters.get(name, values.get(0));
        if (!values.contains(value)) {
            throw Problem.unprocessable(name + ": " + value + " is not allowed.");
        }
        return value;
    }

    Set<String> embeds(Set<String> allowed) {
        Set<String> embeds = each("embed");
        for (String embed : embeds) {
            if (!allowed.contains(embed)) {
                throw Problem.unprocessable("embed: " + embed + " is not allowed.");
            }
        }
        return embeds;
    }

    /** Two parameters that go together; empty where both are absent. At most three months. */
    Optional<Span> span(String start, String end) {
        Optional<String> from = parameters.first(start);
        Optional<String> to = parameters.first(end);
        if (from.isEmpty() && to.isEmpty()) {
            return Optional.empty();
        }
        if (from.isEmpty() || to.isEmpty()) {
            throw Problem.unprocessable(start + " and " + end + " are required together.");
        }
        LocalDateTime first = time(start, from.get(), false);
        LocalDateTime last = time(end, to.get(), true);
        if (last.isBefore(first)) {
            throw Problem.unprocessable(end + ": before " + start + ".");
        }
        return Optional.of(new Span(instant(first), instant(last)));
    }

    Span requiredSpan(String start, String end) {
        Span span = span(start, end).orElseThrow(() -> Problem.unprocessable(start + " and " + end + " are required."));
        requireThreeMonths(span);
        return span;
    }

    static void requireThreeMonths(Span span) {
        if (Days.of(span.to()).isAfter(Days.of(span.from()).plusMonths(3))) {
            throw Problem.unprocessable("The search period must not be longer than 3 months.");
        }
    }

    /** The page asked for, of what there is. */
    <T> List<T> page(List<T> all, int limit, int offset) {
        return all.subList(Math.min(offset, all.size()), Math.min(offset + limit, all.size()));
    }

    /** As {@code links}: the same call with another offset. */
    List<Link> links(int total, int limit, int offset) {
        List<Link> links = new ArrayList<>();
        if (offset > 0) {
            links.add(new Link("prev", href(limit, Math.max(0, offset - limit))));
        }
        if (offset + limit < total) {
            links.add(new Link("next", href(limit, offset + limit)));
        }
        return links;
    }

    record Link(String rel, String href) {}

    private String href(int limit, int offset) {
        List<String> pairs = new ArrayList<>();
        parameters.list().stream()
                .filter(parameter ->
                        !parameter.name().equals("limit") && !parameter.name().equals("offset"))
                .forEach(parameter -> pairs.add(encoded(parameter.name()) + "=" + encoded(parameter.value())));
        pairs.add("limit=" + limit);
        pairs.add("offset=" + offset);
        return call.base() + "/cafe24" + call.path() + "?" + String.join("&", pairs);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void requireKnown(Set<String> known) {
        for (String name : parameters.names()) {
            if (!known.contains(name) && !COMMON.contains(name)) {
                throw Problem.unprocessable(name + ": is not a parameter of this method.");
            }
        }
    }

    private void requireShortLists() {
        for (String name : parameters.names()) {
            if (parameters.each(name).size() > LIST_LIMIT) {
                throw Problem.unprocessable(name + ": at most " + LIST_LIMIT + " values.");
            }
        }
    }

    private static int parsed(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException broken) {
            throw Problem.unprocessable(name + ": must be a number.");
        }
    }

    /** A date, or a date and a time; without an offset it means Seoul. */
    private static LocalDateTime time(String name, String text, boolean isEnd) {
        try {
            if (text.length() == 10) {
                LocalDate day = LocalDate.parse(text);
                return isEnd ? day.plusDays(1).atStartOfDay().minusNanos(1_000_000) : day.atStartOfDay();
            }
            String local = text.endsWith("+09:00") ? text.substring(0, text.length() - 6) : text;
            return LocalDateTime.parse(local.replace(' ', 'T'));
        } catch (DateTimeException broken) {
            throw Problem.unprocessable(name + ": " + text + " is not a date.");
        }
    }

    private static Instant instant(LocalDateTime time) {
        return Days.at(time.toLocalDate(), time.toLocalTime());
    }
}
