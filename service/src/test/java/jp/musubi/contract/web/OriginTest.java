package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Origin;
import jp.musubi.contract.Origins;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.Relation;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@ServiceTest
@DisplayName("複写と、もとの契約との結び付き")
class OriginTest {
  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Origins origins;
  @Autowired Vault vault;

  private TestBody body;
  private TestContract earlier;
  private String path;

  @BeforeEach
  void anEarlierContract() {
    body = TestBody.create("x");
    earlier = TestContract.draft(body, vault);
    path = "/contracts/" + earlier.id();
    TestPeople.run(
        """
        update contract set title = '橋りょう補修工事', kind = 'SERVICES', amount = 5500000,
               period_from = date '2026-12-07', period_until = date '2027-03-19',
               contract_date = date '2026-12-04', deadline = now() + interval '9 days',
               council_vote = true, reading_years = 7
         where id = ?
        """,
        earlier.id().value());
  }

  @Test
  @DisplayName("写した下書きには、文書・当事者・契約情報が入り、契約日と期限は入らない。押し直しても一つ")
  void copiesEverythingButWhatIsOfItsTime() throws Exception {
    var form = page(open(path + "/copy").andExpect(status().isOk()));
    var first = copy(form, "COPY");
    assertThat(copy(form, "COPY").id()).isEqualTo(first.id());
    assertThat(first.state()).isEqualTo("DRAFT");
    assertThat(first.title()).isEqualTo("橋りょう補修工事");
    assertThat(first.amount()).hasValue(5_500_000);
    assertThat(first.readingYears()).isEqualTo(7);
    assertThat(first.periodUntil()).isPresent();
    assertThat(first.contractDate()).isEmpty();
    assertThat(first.deadline()).isEmpty();
    assertThat(first.prepared()).isEmpty();
    assertThat(first.document()).isEqualTo(contract(earlier.id()).document());
    assertThat(first.parties(Party.Kind.COUNTERPARTY))
        .extracting(Party::signature)
        .containsExactly("株式会社 見本建設 代表取締役 例田 一郎");
    assertThat(first.parties(Party.Kind.OFFICE)).hasSize(1);
    assertThat(first.number()).isNotEqualTo(contract(earlier.id()).number());
    assertThat(Tenancy.in(body.id(), () -> origins.of(first.id()))).isEmpty();
  }

  @Test
  @DisplayName("変更契約は、文書を差し替えるまで送信できず、どちらの画面にもつながりが出る")
  void changesAConcludedContract() throws Exception {
    end("ON_PAPER");
    var form = page(open(path + "/copy").andExpect(status().isOk()));
    assertThat(form.select("input[name=relation]").eachAttr("value"))
        .containsExactly("CHANGE", "CORRECTION", "ACCEPTANCE", "COMPLETION", "COPY");
    var change = copy(form, "CHANGE");
    var changePath = "/contracts/" + change.id();
    TestPeople.run(
        """
        update contract set deadline = now() + interval '9 days',
               prepared_sha256 = document_sha256 where id = ?
        """,
        change.id().value());
    assertThat(page(open(changePath + "/review")).text()).contains("もとの契約と同じ文書です");
    assertThat(page(open(changePath + "/review")).select("form[action$=/dispatch]")).isEmpty();

    TestPeople.run(
        """
        update contract set document_sha256 = ?, prepared_sha256 = ?, version = version + 1
         where id = ?
        """,
        other().hex(),
        other().hex(),
        change.id().value());
    assertThat(page(open(changePath + "/review")).select("form[action$=/dispatch]")).hasSize(1);
    assertThat(page(open(path)).select(".musubi-history a[href=" + changePath + "]")).hasSize(1);
    assertThat(page(open(changePath)).select(".musubi-history a[href=" + path + "]")).hasSize(1);
    assertThat(page(open(changePath)).text()).contains("変更契約", "つながりのある契約");
  }

  @ParameterizedTest
  @CsvSource({"DRAFT, CHANGE", "DRAFT, REPLACEMENT", "WITHDRAWN, CHANGE", "ON_PAPER, REPLACEMENT"})
  @DisplayName("変更・訂正は締結した契約に、作り直しは成立しなかった契約に限る")
  void suitsOnlyWhatItMakesSenseFor(String state, String relation) throws Exception {
    if (!state.equals("DRAFT")) {
      end(state);
    }
    var form = page(open(path + "/copy"));
    send(
            path + "/copy",
            "idempotencyKey",
            form.select("input[name=idempotencyKey]").attr("value"),
            "relation",
            relation)
        .andExpect(status().isConflict());
  }

  @Test
  @DisplayName("紙の契約とも結び付き、確認の画面と、契約の画面に出る")
  void goesBackToPaper() throws Exception {
    send(
            path + "/origin",
            "relation",
            "CHANGE",
            "where",
            "PAPER",
            "paperTitle",
            "橋りょう補修工事（当初）",
            "paperNumber",
            "建道第12号",
            "paperDate",
            "R7.6.2")
        .andExpect(redirectedUrl(path + "/review"));
    assertThat(Tenancy.in(body.id(), () -> origins.of(earlier.id())))
        .contains(
            new Origin.Paper(
                Relation.CHANGE, "建道第12号", "橋りょう補修工事（当初）", Optional.of(LocalDate.of(2025, 6, 2))));
    assertThat(page(open(path)).text()).contains("建道第12号 橋りょう補修工事（当初）（紙の契約。令和7年6月2日（2025年6月2日））");
    assertThat(page(open(path + "/origin")).select("input[name=paperTitle]").attr("value"))
        .isEqualTo("橋りょう補修工事（当初）");
    send(path + "/origin", "relation", "").andExpect(redirectedUrl(path + "/review"));
    assertThat(Tenancy.in(body.id(), () -> origins.of(earlier.id()))).isEmpty();
  }

  @Test
  @DisplayName("ない番号も、見てはいけない契約の番号も、同じ言葉で断る。入力は残る")
  void tellsNothingOfWhatIsNotToBeSeen() throws Exception {
    var elsewhere = TestPeople.section(body, "90", "教育部", null);
    var hidden = TestContract.draft(body, vault);
    TestPeople.run(
        "update contract set section_id = ? where id = ?", elsewhere, hidden.id().value());
    end(hidden.id(), "ON_PAPER");
    for (var number : new String[] {contract(hidden.id()).number(), "R8-999999"}) {
      var page =
          page(
              send(path + "/origin", "relation", "CHANGE", "where", "HERE", "number", number)
                  .andExpect(status().is(422)));
      assertThat(page.text()).contains("この文書番号の契約は見つかりません");
      assertThat(page.select("input[name=number]").attr("value")).isEqualTo(number);
    }
    var untitled =
        page(
            send(path + "/origin", "relation", "REPLACEMENT", "where", "PAPER")
                .andExpect(status().is(422)));
    assertThat(untitled.text()).contains("「変更契約」か「訂正」", "入力してください");
  }

  @Test
  @DisplayName("つながりのうち、見てはいけない契約は、画面に出ない")
  void hidesMembersOutOfReach() throws Exception {
    end("ON_PAPER");
    var change = copy(page(open(path + "/copy")), "CHANGE");
    var elsewhere = TestPeople.section(body, "90", "教育部", null);
    TestPeople.run(
        "update contract set section_id = ? where id = ?", elsewhere, change.id().value());
    assertThat(page(open(path)).text()).doesNotContain("つながりのある契約");
  }

  private Sha256 other() {
    return Tenancy.in(body.id(), () -> contracts.get(TestContract.draft(body, vault).id()))
        .document();
  }

  private Particulars copy(Document form, String relation) throws Exception {
    var answer =
        send(
                path + "/copy",
                "idempotencyKey",
                form.select("input[name=idempotencyKey]").attr("value"),
                "relation",
                relation)
            .andExpect(status().is3xxRedirection())
            .andReturn()
            .getResponse()
            .getRedirectedUrl();
    return contract(
        new ContractId(UUID.fromString(Objects.requireNonNull(answer).substring(11, 11 + 36))));
  }

  private void end(String state) {
    end(earlier.id(), state);
  }

  private static void end(ContractId id, String state) {
    TestPeople.run(
        """
        update contract set state = ?, ended_at = now(), end_reason = '都合', dispatched_at = now(),
               deadline = coalesce(deadline, now())
         where id = ?
        """,
        state,
        id.value());
  }

  private Particulars contract(ContractId id) {
    return Tenancy.in(body.id(), () -> contracts.get(id));
  }

  private ResultActions open(String where) throws Exception {
    return mvc.perform(get(where).with(TestPeople.as(body, body.clerk())));
  }

  private ResultActions send(String where, String... namesAndValues) throws Exception {
    var request = post(where).with(csrf()).with(TestPeople.as(body, body.clerk()));
    for (var i = 0; i < namesAndValues.length; i += 2) {
      request.param(namesAndValues[i], namesAndValues[i + 1]);
    }
    return mvc.perform(request);
  }

  private static Document page(ResultActions result) throws Exception {
    return Jsoup.parse(result.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8));
  }
}
