package jp.musubi.register;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.authority.Reach;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** A body with contracts in its register, and whoever looks at it. */
final class RegisterHouse {
  private final MockMvc mvc;
  private final TestBody body;
  private int number;

  RegisterHouse(MockMvc mvc, TestBody body) {
    this.mvc = mvc;
    this.body = body;
    TestPeople.run(
        "insert into vault_object values (?, repeat('a', 64), 1, 'application/pdf', now(), 1)"
            + " on conflict do nothing",
        body.id().value());
  }

  /** A contract to be written; a counterparty of "" is none. */
  record Sample(
      String title,
      String counterparty,
      @Nullable Long amount,
      @Nullable LocalDate contractDate,
      @Nullable LocalDate from,
      @Nullable LocalDate until) {

    static Sample of(String title, String counterparty) {
      return new Sample(title, counterparty, null, null, null, null);
    }
  }

  /** Everything of the body. */
  Reach whole() {
    return new Reach(body.viewer(), true, java.util.Set.of(), false, false);
  }

  /** Writes a draft into a section, all at one and the same moment. */
  UUID write(Sample sample, UUID section) {
    var id = UUID.randomUUID();
    TestPeople.run(
        """
        insert into contract (tenant_id, id, number, state, title, section_id, clerk_id, file_name,
                              document_sha256, pages, created_at, amount, contract_date,
                              period_from, period_until)
        values (?, ?, ?, 'DRAFT', ?, ?, ?, 'x.pdf', repeat('a', 64), 1,
                timestamptz '2026-04-01 09:00+09', ?, ?, ?, ?)
        """,
        body.id().value(),
        id,
        "R2-%06d".formatted(++number),
        sample.title(),
        section,
        body.clerk(),
        sample.amount(),
        sample.contractDate(),
        sample.from(),
        sample.until());
    if (!sample.counterparty().isEmpty()) {
      TestPeople.run(
          """
          insert into party (tenant_id, id, contract_id, ordinal, turn, kind, capacity,
                             organisation, name)
          values (?, gen_random_uuid(), ?, 1, 1, 'COUNTERPARTY', 'AUTHORITY', ?, '例田 一郎')
          """,
          body.id().value(),
          id,
          sample.counterparty());
    }
    return id;
  }

  UUID write(String title, String counterparty) {
    return write(Sample.of(title, counterparty), body.section());
  }

  /** The text of an answer to a GET; parameters by name and value. */
  MockHttpServletResponse open(UUID reader, String path, String... typed) throws Exception {
    var request = MockMvcRequestBuilders.get(path).with(TestPeople.as(body, reader));
    for (var i = 0; i < typed.length; i += 2) {
      request = request.param(typed[i], typed[i + 1]);
    }
    var answer = mvc.perform(request).andReturn().getResponse();
    answer.setCharacterEncoding(StandardCharsets.UTF_8);
    return answer;
  }

  /** The same by an address as a page gives it. */
  MockHttpServletResponse follow(UUID reader, String address) throws Exception {
    return mvc.perform(
            MockMvcRequestBuilders.get(java.net.URI.create(address))
                .with(TestPeople.as(body, reader)))
        .andReturn()
        .getResponse();
  }

  /** A form that is sent. */
  MockHttpServletResponse press(UUID who, String path, String... typed) throws Exception {
    var request =
        MockMvcRequestBuilders.post(path)
            .with(SecurityMockMvcRequestPostProcessors.csrf())
            .with(TestPeople.as(body, who));
    for (var i = 0; i < typed.length; i += 2) {
      request = request.param(typed[i], typed[i + 1]);
    }
    return mvc.perform(request).andReturn().getResponse();
  }

  /** The lines of a CSV with their cells, the headings first. */
  static List<List<String>> lines(String csv) throws Exception {
    var lines = new ArrayList<List<String>>();
    try (var parser =
        org.apache.commons.csv.CSVParser.parse(
            csv.replace("\uFEFF", ""), org.apache.commons.csv.CSVFormat.RFC4180)) {
      for (var record : parser) {
        lines.add(record.toList());
      }
    }
    return lines;
  }
}
