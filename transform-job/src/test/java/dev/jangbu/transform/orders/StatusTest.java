package dev.jangbu.transform.orders;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole table of the channels' words. */
class StatusTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            N00 | PENDING_PAYMENT    | -        | -
            N01 | EXCHANGE_REQUESTED | -        | -
            N02 | PENDING_PAYMENT    | -        | -
            N03 | PENDING_PAYMENT    | -        | -
            N10 | PAID               | -        | -
            N20 | PREPARING          | -        | -
            N21 | PREPARING          | -        | -
            N22 | PREPARING          | -        | -
            N30 | SHIPPING           | -        | -
            N40 | DELIVERED          | -        | -
            N50 | CONFIRMED          | -        | -
            C00 | CANCEL_REQUESTED   | CANCEL   | REQUESTED
            C10 | CANCEL_REQUESTED   | CANCEL   | REQUESTED
            C34 | CANCEL_REQUESTED   | CANCEL   | REQUESTED
            C36 | CANCEL_REQUESTED   | CANCEL   | HOLD
            C35 | CANCELED           | CANCEL   | DONE
            C40 | CANCELED           | CANCEL   | DONE
            C41 | CANCELED           | CANCEL   | DONE
            C42 | CANCELED           | CANCEL   | DONE
            C43 | CANCELED           | CANCEL   | DONE
            R00 | RETURN_REQUESTED   | RETURN   | REQUESTED
            R10 | RETURN_REQUESTED   | RETURN   | REQUESTED
            R12 | RETURN_REQUESTED   | RETURN   | HOLD
            R13 | RETURN_REQUESTED   | RETURN   | REQUESTED
            R20 | RETURN_REQUESTED   | RETURN   | REQUESTED
            R30 | RETURN_REQUESTED   | RETURN   | REQUESTED
            R31 | RETURN_REQUESTED   | RETURN   | REQUESTED
            R34 | RETURN_REQUESTED   | RETURN   | REQUESTED
            R36 | RETURN_REQUESTED   | RETURN   | HOLD
            R40 | RETURNED           | RETURN   | DONE
            R41 | RETURNED           | RETURN   | DONE
            R42 | RETURNED           | RETURN   | DONE
            R43 | RETURNED           | RETURN   | DONE
            E00 | EXCHANGE_REQUESTED | EXCHANGE | REQUESTED
            E10 | EXCHANGE_REQUESTED | EXCHANGE | REQUESTED
            E12 | EXCHANGE_REQUESTED | EXCHANGE | HOLD
            E13 | EXCHANGE_REQUESTED | EXCHANGE | REQUESTED
            E20 | EXCHANGE_REQUESTED | EXCHANGE | REQUESTED
            E30 | EXCHANGE_REQUESTED | EXCHANGE | REQUESTED
            E31 | EXCHANGE_REQUESTED | EXCHANGE | REQUESTED
            E32 | EXCHANGE_REQUESTED | EXCHANGE | REQUESTED
            E33 | EXCHANGE_REQUESTED | EXCHANGE | REQUESTED
            E34 | EXCHANGE_REQUESTED | EXCHANGE | REQUESTED
            E35 | EXCHANGE_REQUESTED | EXCHANGE | REQUESTED
            E36 | EXCHANGE_REQUESTED | EXCHANGE | HOLD
            E40 | EXCHANGED          | EXCHANGE | DONE
            """)
    void cafe24CodeIsReadWithItsClaim(String code, ItemStatus status, Claim.Type type, Claim.State state) {
        StatusReading reading = Cafe24Status.read(code, null);
        assertThat(reading)
                .isEqualTo(
                        new StatusReading(status, new Claim(type, state), status != ItemStatus.PENDING_PAYMENT, true));
    }

    @ParameterizedTest
    @CsvSource({"C47", "C48", "C49"})
    void whatWasCancelledBeforePaymentNeverWasASale(String code) {
        assertThat(Cafe24Status.read(code, null))
                .isEqualTo(new StatusReading(
                        ItemStatus.CANCELED, new Claim(Claim.Type.CANCEL, Claim.State.DONE), false, true));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "C11, N20, PREPARING, CANCEL",
                "R11, N40, DELIVERED, RETURN",
                "E11, N50, CONFIRMED, EXCHANGE",
                "C11, -, UNKNOWN, CANCEL",
                "R11, N98, UNKNOWN, RETURN"
            })
    void refusedClaimGoesBackToTheStatusBefore(String code, String before, ItemStatus status, Claim.Type type) {
        assertThat(Cafe24Status.read(code, before))
                .isEqualTo(new StatusReading(status, new Claim(type, Claim.State.REJECTED), true, true));
    }

    @ParameterizedTest
    @CsvSource({"N99", "C99", "Z", "''"})
    void codeNobodyKnowsIsUnknown(String code) {
        assertThat(Cafe24Status.read(code, "N20")).isEqualTo(StatusReading.unknown());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            PAYMENT_WAITING       | NOT_YET | -        | -                     | PENDING_PAYMENT    | -        | -         | false
            PAYED                 | NOT_YET | -        | -                     | PAID               | -        | -         | true
            PAYED                 | CANCEL  | -        | -                     | PAID               | -        | -         | true
            PAYED                 | -       | -        | -                     | PAID               | -        | -         | true
            PAYED                 | OK      | -        | -                     | PREPARING          | -        | -         | true
            DELIVERING            | OK      | -        | -                     | SHIPPING           | -        | -         | true
            DELIVERED             | OK      | -        | -                     | DELIVERED          | -        | -         | true
            PURCHASE_DECIDED      | OK      | -        | -                     | CONFIRMED          | -        | -         | true
            CANCELED_BY_NOPAYMENT | NOT_YET | -        | -                     | CANCELED           | -        | -         | false
            PAYED                 | NOT_YET | CANCEL   | CANCEL_REQUEST        | CANCEL_REQUESTED   | CANCEL   | REQUESTED | true
            PAYED                 | OK      | CANCEL   | CANCELING             | CANCEL_REQUESTED   | CANCEL   | REQUESTED | true
            PAYED                 | OK      | ADMIN_CANCEL | ADMIN_CANCELING   | CANCEL_REQUESTED   | CANCEL   | REQUESTED | true
            PAYED                 | OK      | CANCEL   | CANCEL_REJECT         | PREPARING          | CANCEL   | REJECTED  | true
            PAYED                 | OK      | ADMIN_CANCEL | ADMIN_CANCEL_REJECT | PREPARING        | CANCEL   | REJECTED  | true
            PAYED                 | OK      | CANCEL   | CANCEL_DONE           | PREPARING          | CANCEL   | DONE      | true
            CANCELED              | CANCEL  | CANCEL   | CANCEL_DONE           | CANCELED           | CANCEL   | DONE      | true
            CANCELED              | CANCEL  | ADMIN_CANCEL | ADMIN_CANCEL_DONE | CANCELED           | CANCEL   | DONE      | true
            DELIVERED             | OK      | RETURN   | RETURN_REQUEST        | RETURN_REQUESTED   | RETURN   | REQUESTED | true
            DELIVERED             | OK      | RETURN   | COLLECTING            | RETURN_REQUESTED   | RETURN   | REQUESTED | true
            DELIVERED             | OK      | RETURN   | COLLECT_DONE          | RETURN_REQUESTED   | RETURN   | REQUESTED | true
            DELIVERED             | OK      | RETURN   | RETURN_REJECT         | DELIVERED          | RETURN   | REJECTED  | true
            RETURNED              | OK      | RETURN   | RETURN_DONE           | RETURNED           | RETURN   | DONE      | true
            DELIVERED             | OK      | EXCHANGE | EXCHANGE_REQUEST      | EXCHANGE_REQUESTED | EXCHANGE | REQUESTED | true
            DELIVERED             | OK      | EXCHANGE | COLLECTING            | EXCHANGE_REQUESTED | EXCHANGE | REQUESTED | true
            DELIVERED             | OK      | EXCHANGE | COLLECT_DONE          | EXCHANGE_REQUESTED | EXCHANGE | REQUESTED | true
            DELIVERED             | OK      | EXCHANGE | EXCHANGE_REDELIVERING | EXCHANGE_REQUESTED | EXCHANGE | REQUESTED | true
            DELIVERED             | OK      | EXCHANGE | EXCHANGE_REJECT       | DELIVERED          | EXCHANGE | REJECTED  | true
            EXCHANGED             | OK      | EXCHANGE | EXCHANGE_DONE         | EXCHANGED          | EXCHANGE | DONE      | true
            PURCHASE_DECIDED      | OK      | RETURN   | RETURN_REQUEST        | CONFIRMED          | RETURN   | REQUESTED | true
            DELIVERED             | OK      | PURCHASE_DECISION_HOLDBACK | PURCHASE_DECISION_HOLDBACK | DELIVERED | HOLDBACK | HOLD | true
            DELIVERED             | OK      | PURCHASE_DECISION_HOLDBACK | PURCHASE_DECISION_REQUEST  | DELIVERED | HOLDBACK | HOLD | true
            DELIVERED             | OK      | PURCHASE_DECISION_HOLDBACK | PURCHASE_DECISION_HOLDBACK_RELEASE | DELIVERED | HOLDBACK | HOLD | true
            DELIVERED             | OK      | -        | RETURN_REQUEST        | RETURN_REQUESTED   | RETURN   | REQUESTED | true
            """)
    void smartstoreStatusIsReadWithItsClaim(
            String status,
            String place,
            String claimType,
            String claimStatus,
            ItemStatus expected,
            Claim.Type type,
            Claim.State state,
            boolean isPayable) {
        assertThat(SmartstoreStatus.read(status, place, claimType, claimStatus))
                .isEqualTo(new StatusReading(expected, new Claim(type, state), isPayable, true));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"GONE, OK, -, -", "PAYED, OK, CANCEL, CANCEL_MAYBE", "PAYED, OK, GIFT, COLLECTING"})
    void smartstoreWordNobodyKnowsIsUnknown(String status, String place, String claimType, String claimStatus) {
        assertThat(SmartstoreStatus.read(status, place, claimType, claimStatus)).isEqualTo(StatusReading.unknown());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "입금대기, PENDING_PAYMENT, -, -",
                "결제완료, PAID, -, -",
                "상품준비중, PREPARING, -, -",
                "배송중, SHIPPING, -, -",
                "배송완료, DELIVERED, -, -",
                "구매확정, CONFIRMED, -, -",
                "취소요청, CANCEL_REQUESTED, CANCEL, REQUESTED",
                "취소완료, CANCELED, CANCEL, DONE",
                "반품요청, RETURN_REQUESTED, RETURN, REQUESTED",
                "반품중, RETURN_REQUESTED, RETURN, REQUESTED",
                "반품완료, RETURNED, RETURN, DONE",
                "교환요청, EXCHANGE_REQUESTED, EXCHANGE, REQUESTED",
                "교환중, EXCHANGE_REQUESTED, EXCHANGE, REQUESTED",
                "교환완료, EXCHANGED, EXCHANGE, DONE"
            })
    void ablyLabelIsReadWithItsClaim(String label, ItemStatus status, Claim.Type type, Claim.State state) {
        assertThat(AblyStatus.read(label))
                .isEqualTo(
                        new StatusReading(status, new Claim(type, state), status != ItemStatus.PENDING_PAYMENT, true));
        assertThat(AblyStatus.read(label + "?")).isEqualTo(StatusReading.unknown());
    }
}
