package jp.musubi.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.contract.ContractId;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** A body that makes a contract with 入力項目, by its pages. */
public record InputHouse(MockMvc mvc, TestBody body, String path, List<String> mails) {
  private static final Pattern LINK = Pattern.compile("https?://[^/\\s]+(/s/[0-9]{6}/input/\\S+)");

  /** A draft with so many counterparties, one after the other. */
  public static InputHouse open(MockMvc mvc, int counterparties) throws Exception {
    var body = TestBody.create("-");
    var draft =
        mvc.perform(
                multipart("/contracts")
                    .file(new MockMultipartFile("file", "契約書.pdf", null, pdf()))
                    .param("idempotencyKey", UUID.randomUUID().toString())
                    .with(csrf())
                    .with(TestPeople.as(body, body.clerk())))
            .andReturn()
            .getResponse();
    assertThat(draft.getStatus()).isEqualTo(302);
    var path = String.valueOf(draft.getRedirectedUrl()).replace("/parties", "");
    var mails = new ArrayList<String>();
    for (var i = 0; i < counterparties; i++) {
      mails.add(UUID.randomUUID() + "@mihon.example");
    }
    var house = new InputHouse(mvc, body, path, mails);
    house.parties();
    return house;
  }

  public void parties() throws Exception {
    var typed = new ArrayList<>(List.of("office", body.office().toString(), "officePlace", "last"));
    var names = List.of("例田 一郎", "試田 次郎");
    for (var n = 1; n <= mails.size(); n++) {
      typed.addAll(
          List.of(
              "organisation-" + n,
              n == 1 ? "株式会社 見本建設" : "榛名設計 株式会社",
              "title-" + n,
              "代表取締役",
              "name-" + n,
              names.get(n - 1),
              "mail-" + n,
              mails.get(n - 1),
              "identity-" + n,
              "mail",
              "place-" + n,
              String.valueOf(n)));
    }
    var entered = press("/parties", typed.toArray(String[]::new));
    assertThat(entered.getStatus()).as(entered.getContentAsString()).isEqualTo(302);
    var terms =
        press(
            "/terms",
            "title",
            "庁舎清掃業務委託",
            "kind",
            "SERVICES",
            "amount",
            "1200000",
            "contractDate",
            "R8.12.4",
            "periodFrom",
            "令和8年12月7日",
            "periodUntil",
            "2027/3/19",
            // The service itself works by the real clock.
            "deadline",
            LocalDate.ofInstant(Instant.now(), ZoneId.of("Asia/Tokyo"))
                .plusDays(20)
                .toString()
                .replace('-', '/'),
            "deadlineTime",
            "17:00",
            "readingYears",
            "10");
    assertThat(terms.getStatus()).as(terms.getContentAsString()).isEqualTo(302);
  }

  public ContractId id() {
    return new ContractId(UUID.fromString(path.substring("/contracts/".length())));
  }

  public static byte[] pdf() throws IOException {
    try (var document = new PDDocument()) {
      document.getDocumentInformation().setTitle("契約書 " + UUID.randomUUID());
      document.addPage(new PDPage(PDRectangle.A4));
      document.addPage(new PDPage(PDRectangle.A4));
      var out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    }
  }

  /** What a form of a new field has typed into it, but for what is said otherwise. */
  static String[] field(String label, String kind, int filler, int top, String... otherwise) {
    var typed =
        new java.util.LinkedHashMap<String, String>(
            java.util.Map.of(
                "label", label,
                "kind", kind,
                "filler", String.valueOf(filler),
                "mandatory", "true",
                "page", "1",
                "left", "30",
                "top", String.valueOf(top),
                "width", "100",
                "height", "8",
                "size", "10.5"));
    for (var i = 0; i < otherwise.length; i += 2) {
      typed.put(otherwise[i], otherwise[i + 1]);
    }
    return typed.entrySet().stream()
        .flatMap(each -> java.util.stream.Stream.of(each.getKey(), each.getValue()))
        .toArray(String[]::new);
  }

  void put(String label, String kind, int filler, int top, String... otherwise) throws Exception {
    var answer = press("/fields", field(label, kind, filler, top, otherwise));
    assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(302);
  }

  public MockHttpServletResponse press(String step, String... typed) throws Exception {
    var request = post(path + step).with(csrf()).with(TestPeople.as(body, body.clerk()));
    for (var i = 0; i < typed.length; i += 2) {
      request.param(typed[i], typed[i + 1]);
    }
    return mvc.perform(request).andReturn().getResponse();
  }

  public MockHttpServletResponse look(String step) throws Exception {
    return mvc.perform(get(path + step).with(TestPeople.as(body, body.clerk())))
        .andReturn()
        .getResponse();
  }

  public Document page(String step) throws Exception {
    var answer = look(step);
    assertThat(answer.getStatus()).as(path + step).isEqualTo(200);
    return html(answer);
  }

  public static Document html(MockHttpServletResponse answer) throws IOException {
    return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
  }

  /** Sends a form of somebody without an account. */
  MockHttpServletResponse send(String link, String... typed) throws Exception {
    var request = post(link).with(csrf()).header("User-Agent", "phone");
    for (var i = 0; i < typed.length; i += 2) {
      request.param(typed[i], typed[i + 1]);
    }
    return mvc.perform(request).andReturn().getResponse();
  }

  MockHttpServletResponse open(String link) throws Exception {
    return mvc.perform(get(link)).andReturn().getResponse();
  }

  /** Asks a counterparty, and gives the path of the link in its newest letter. */
  String ask(int filler) throws Exception {
    var before = letters(mails.get(filler - 1)).size();
    assertThat(press("/fields/asking", "filler", String.valueOf(filler)).getStatus())
        .isEqualTo(302);
    for (var i = 0; i < 300; i++) {
      var letters = letters(mails.get(filler - 1));
      if (letters.size() > before) {
        var match = LINK.matcher(letters.getLast());
        assertThat(match.find()).as(letters.getLast()).isTrue();
        return match.group(1);
      }
      // The scheduler sends in its own time; nothing announces the letter.
      Thread.sleep(100);
    }
    throw new AssertionError("no letter to " + mails.get(filler - 1));
  }

  static List<String> letters(String recipient) {
    return Arrays.stream(ServiceTest.RealParts.mail().getReceivedMessages())
        .filter(mail -> {
          try {
            return mail.getAllRecipients()[0].toString().equals(recipient);
          } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
          }
        })
        .map(mail -> {
          try {
            return mail.getContent().toString().replace("\r", "");
          } catch (jakarta.mail.MessagingException | IOException e) {
            throw new IllegalStateException(e);
          }
        })
        .toList();
  }
}
