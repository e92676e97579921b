package dev.jangbu.load.erase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SaidOfCardsTest {
    private static final String KEY = "c3".repeat(32);

    private final SaidOfCards said = new SaidOfCards(KEY);

    @Test
    void aLineOfTheCardSaysNothingAndAnyOtherWhatItSaid() {
        String line =
                "{\"record\":{\"remark\":\"say \\\"hi\\\" \\\\\",\"card_number\":\"5310-12**\",\"card_key\":\"%s\","
                        + "\"amount_sale\":1,\"raw_data\":\"{\\\"remark\\\":1}\",\"result_msg\":null,\"platform\":\"VAN\"}}\n";

        assertThat(said.withoutInJson(line.formatted(KEY)))
                .isEqualTo("{\"record\":{\"remark\":null,\"card_number\":null,\"card_key\":\"" + KEY
                        + "\",\"amount_sale\":1,\"raw_data\":null,\"result_msg\":null,\"platform\":\"VAN\"}}\n");
        String other = line.formatted("d4".repeat(32));
        assertThat(said.withoutInJson(other)).isSameAs(other);
    }

    @Test
    void aRecordOfTheCardKeepsItsOtherFieldsWhateverTheyHold() {
        String header = "sale_id,remark,card_company,card_key,raw_data\r\n";
        said.beginFile();
        assertThat(said.withoutInCsv(header)).isEqualTo(header);
        assertThat(said.withoutInCsv("1,\"a, \"\"b\"\"\nc\",\"X, Y\"," + KEY + ",\"{}\"\r\n"))
                .isEqualTo("1,,\"X, Y\"," + KEY + ",\r\n");
        String other = "2,says " + KEY + ",X,,\r\n";
        assertThat(said.withoutInCsv(other)).isSameAs(other);
    }

    @Test
    void filesWithoutCardsAreLeftAsTheyAre() {
        said.beginFile();
        said.withoutInCsv("order_id,remark\n");
        String record = KEY + ",text\n";
        assertThat(said.withoutInCsv(record)).isSameAs(record);
    }
}
