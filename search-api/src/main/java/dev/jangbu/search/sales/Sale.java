package dev.jangbu.search.sales;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A payment by card as it was last read. Times are of the business zone.
 *
 * @param cardNumber masked; there is no other
 * @param cardKey the same for the same card
 */
public record Sale(
        String accountId,
        long saleId,
        long storeId,
        OffsetDateTime soldAt,
        LocalDate saleDate,
        BigDecimal amountSale,
        @Nullable BigDecimal amountFee,
        @Nullable BigDecimal amountDeposit,
        boolean isCanceled,
        @Nullable String cardCompany,
        @Nullable String cardCategory,
        @Nullable String cardNumber,
        @Nullable String cardKey,
        @Nullable String numApproval,
        @Nullable String remark,
        @Nullable String resultCode,
        @Nullable String resultMsg,
        @Nullable String platform,
        @Nullable String detailStatus,
        @Nullable String processingStatus,
        @Nullable OffsetDateTime willDepositedAt,
        @Nullable OffsetDateTime modified) {}
