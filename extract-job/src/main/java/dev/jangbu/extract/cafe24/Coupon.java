package dev.jangbu.extract.cafe24;

import static dev.jangbu.extract.http.Promised.present;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A coupon the mall made. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Coupon(
        String couponNo,
        @Nullable String couponType,
        @Nullable String couponName,
        @Nullable String createdDate,
        @Nullable String deleted,
        @Nullable String benefitText,
        @Nullable String benefitType,
        @Nullable BigDecimal benefitPrice,
        @Nullable BigDecimal benefitPercentage,
        @Nullable BigDecimal benefitPercentageMaxPrice,
        @Nullable String issueType,
        @Nullable String issueSubType,
        @Nullable String issueMemberJoin,
        @Nullable BigDecimal issuedCount,
        @Nullable String availablePeriodType,
        @Nullable String availableBeginDatetime,
        @Nullable String availableEndDatetime,
        @Nullable String availableScope,
        @Nullable BigDecimal availableMinPrice) {
    Coupon {
        present("coupon_no", couponNo);
    }
}
