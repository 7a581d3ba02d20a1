package jp.musubi.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** A body that sends contracts of one form, by its pages. */
record BulkHouse(MockMvc mvc, TestBody body) {
  static final String HEADING = "件名,相手方,役職,氏名,メール,契約金額,契約日,契約期間の開始日,契約期間の終了日,アクセスコード,納入場所\r\n";

  static BulkHouse open(MockMvc mvc) {
    return new BulkHouse(mvc, TestBody.create("-"));
  }

  static byte[] form() {
    try (var document = new PDDocument()) {
      document.addPage(new PDPage(PDRectangle.A4));
      var out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A form of the clerk's section with five boxes, made by its pages. */
  String template() throws Exception {
    var made =
        mvc.perform(
                multipart("/templates")
                    .file(new MockMultipartFile("file", "単価契約書.pdf", "application/pdf", form()))
                    .param("name", "単価契約")
                    .param("kind", "UNIT_PRICE")
                    .param("scope", "own")
                    .with(TestPeople.as(body, body.clerk()))
                    .with(csrf()))
            .andReturn()
            .getResponse();
    assertThat(made.getStatus()).as(made.getContentAsString()).isEqualTo(302);
    var path = String.valueOf(made.getRedirectedUrl());
    var top = 20;
    for (var field :
        new String[][] {
          {"件名", "TEXT"}, {"相手方", "TEXT"}, {"契約金額", "MONEY"}, {"契約日", "DAY"}, {"納入場所", "TEXT"}
        }) {
      field(path, field[0], field[1], top);
      top += 20;
    }
    return path.substring("/templates/".length());
  }

  void field(String path, String name, String type, int top) throws Exception {
    var put =
        press(
            body.clerk(),
            path + "/fields",
            "name",
            name,
            "type",
            type,
            "mandatory",
            name.equals("契約金額") ? "false" : "true",
            "most",
            "100",
            "page",
            "1",
            "left",
            "20",
            "top",
            top + "",
            "width",
            "80.5",
            "height",
            "8",
            "size",
            "10.5");
    assertThat(put.getStatus()).as(put.getContentAsString()).isEqualTo(302);
  }

  MockHttpServletResponse page(UUID who, String path) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(body, who)).accept("text/html", "*/*"))
        .andReturn()
        .getResponse();
  }

  MockHttpServletResponse press(UUID who, String path, String... namesAndValues) throws Exception {
    var request = post(path).with(TestPeople.as(body, who)).with(csrf()).accept("text/html", "*/*");
    for (var i = 0; i < namesAndValues.length; i += 2) {
      request.param(namesAndValues[i], namesAndValues[i + 1]);
    }
    return mvc.perform(request).andReturn().getResponse();
  }

  MockHttpServletResponse upload(String template, byte[] csv, String key) throws Exception {
    return mvc.perform(
            multipart("/bulk")
                .file(new MockMultipartFile("file", "四月.csv", "text/csv", csv))
                .param("idempotencyKey", key)
                .param("template", template)
                .param("office", body.office().toString())
                // By the test's own clock: a deadline is compared with the moment of the upload.
                .param("deadline", LocalDate.now(ZoneId.of("Asia/Tokyo")).plusDays(60).toString())
                .param("readingYears", "10")
                .with(TestPeople.as(body, body.clerk()))
                .with(csrf()))
        .andReturn()
        .getResponse();
  }

  /** Hands a list in; the run's key. */
  UUID check(String template, String rows) throws Exception {
    var answer =
        upload(
            template,
            (HEADING + rows).getBytes(StandardCharsets.UTF_8),
            UUID.randomUUID().toString());
    assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(302);
    return UUID.fromString(String.valueOf(answer.getRedirectedUrl()).substring("/bulk/".length()));
  }

  /** Lines without a fault; every third counterparty gives no code. */
  static String rows(int count) {
    var rows = new StringBuilder();
    for (var i = 1; i <= count; i++) {
      rows.append(
          "単価契約 その%d,株式会社 髙﨑%d,代表取締役,例田 𠮷郎,k%d@mihon.example,\"1,%03d\",令和9年4月1日,R9.4.1,2028/3/31,%s,第%d庁舎\r\n"
              .formatted(i, i, i, i % 1000, i % 3 == 0 ? "なし" : "", i));
    }
    return rows.toString();
  }

  static long count(String sql, Object... values) {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var query = connection.prepareStatement(sql)) {
      for (var i = 0; i < values.length; i++) {
        query.setObject(i + 1, values[i]);
      }
      try (var rows = query.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
