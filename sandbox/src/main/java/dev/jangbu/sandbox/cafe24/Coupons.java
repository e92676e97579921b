package dev.jangbu.sandbox.cafe24;

import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.shop.Coupon;
import dev.jangbu.sandbox.shop.Days;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Coupons the mall made; those that were deleted only where they are asked for. */
final class Coupons {
    private static final String[] FILTERS = {
        "deleted", "created_start_date", "created_end_date", "benefit_type", "coupon_no", "coupon_name"
    };

    private final MallState mall;

    Coupons(MallState mall) {
        this.mall = mall;
    }

    Answer list(Call call) {
        Query query = Query.of(call, mall, FILTERS);
        int limit = query.number("limit", 100, 1, 500);
        int offset = query.number("offset", 0, 0, 8_000);
        List<Coupon> found = found(query);
        return Answer.json(
                200,
                Fields.of(
                                "coupons",
                                query.page(found, limit, offset).stream()
                                        .map(coupon -> json(coupon, query.shopNo()))
                                        .toList())
                        .with("links", query.links(found.size(), limit, offset)));
    }

    Answer count(Call call) {
        return Answer.json(
                200, Fields.of("count", found(Query.of(call, mall, FILTERS)).size()));
    }

    private List<Coupon> found(Query query) {
        Optional<Query.Span> created = query.span("created_start_date", "created_end_date");
        Set<String> deleted = query.first("deleted").isEmpty() ? Set.of("F") : query.each("deleted");
        return mall.mall().shop().catalogue().couponsAt(query.call().now()).stream()
                .filter(coupon -> mall.mall().shopOf(coupon) == query.shopNo())
                .filter(coupon -> deleted.contains(coupon.isDeleted() ? "T" : "F"))
                .filter(coupon ->
                        created.map(span -> span.holds(coupon.createdAt())).orElse(true))
                .filter(coupon -> query.isAny("benefit_type", coupon.percent() == 0 ? "A" : "B"))
                .filter(coupon -> query.isAny("coupon_no", coupon.number()))
                .filter(coupon -> query.isAny("coupon_name", coupon.name()))
                .toList();
    }

    private static Fields json(Coupon coupon, int shopNo) {
        boolean isAmount = coupon.percent() == 0;
        return Fields.of("shop_no", shopNo)
                .with("coupon_no", coupon.number())
                .with("coupon_type", "O")
                .with("coupon_name", coupon.name())
                .with("created_date", Days.seconds(coupon.createdAt()))
                .with("deleted", coupon.isDeleted() ? "T" : "F")
                .with("benefit_text", isAmount ? "%,d원 할인".formatted(coupon.amount()) : coupon.percent() + "% 할인")
                .with("benefit_type", isAmount ? "A" : "B")
                .with("benefit_price", isAmount ? Won.text(coupon.amount()) : null)
                .with("benefit_percentage", isAmount ? null : coupon.percent() + ".00")
                .with("benefit_percentage_max_price", null)
                .with("issue_type", "D")
                .with("issue_sub_type", null)
                .with("issue_member_join", "F")
                .with("issued_count", String.valueOf(coupon.issued()))
                .with("available_period_type", "F")
                .with("available_begin_datetime", Days.seconds(coupon.from()))
                .with("available_end_datetime", Days.seconds(coupon.to()))
                .with("available_scope", coupon.isForOrder() ? "O" : "P")
                .with("available_min_price", Won.text(coupon.leastOrder()));
    }
}
