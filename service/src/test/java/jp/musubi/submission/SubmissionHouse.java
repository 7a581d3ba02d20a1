package jp.musubi.submission;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.contract.ContractId;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** A body that asks counterparties for documents, by its pages. */
record SubmissionHouse(MockMvc mvc, TestBody body, UUID clerk, String path, List<String> mails) {
  private static final Pattern LINK =
      Pattern.compile("https?://[^/\\s]+(/s/[0-9]{6}/submission/\\S+)");
  private static final List<String> NAMES = List.of("例田 一郎", "試田 次郎");
  static final List<String> COMPANIES = List.of("株式会社 見本建設", "榛名設計 株式会社");

  /** A draft with so many counterparties, one after the other. */
  static SubmissionHouse open(MockMvc mvc, int counterparties) throws Exception {
    var body = TestBody.create("-");
    var draft =
        mvc.perform(
                multipart("/contracts")
                    .file(new MockMultipartFile("file", "契約書.pdf", null, pdf(2)))
                    .param("idempotencyKey", UUID.randomUUID().toString())
                    .with(csrf())
                    .with(TestPeople.as(body, body.clerk())))
            .andReturn()
            .getResponse();
    assertThat(draft.getStatus()).isEqualTo(302);
    var mails = new ArrayList<String>();
    for (var i = 0; i < counterparties; i++) {
      mails.add(UUID.randomUUID() + "@mihon.example");
    }
    var house =
        new SubmissionHouse(
            mvc,
            body,
            body.clerk(),
            String.valueOf(draft.getRedirectedUrl()).replace("/parties", ""),
            mails);
    house.parties();
    return house;
  }

  /** The same house with other counterparties on the draft. */
  SubmissionHouse with(List<String> others) throws Exception {
    var house = new SubmissionHouse(mvc, body, clerk, path, others);
    house.parties();
    return house;
  }

  private void parties() throws Exception {
    var typed = new ArrayList<>(List.of("office", body.office().toString(), "officePlace", "last"));
    for (var n = 1; n <= mails.size(); n++) {
      typed.addAll(
          List.of(
              "organisation-" + n,
              COMPANIES.get(n - 1),
              "title-" + n,
              "代表取締役",
              "name-" + n,
              NAMES.get(n - 1),
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

  ContractId id() {
    return new ContractId(UUID.fromString(path.substring("/contracts/".length())));
  }

  /** A PDF that no other is the same as. */
  static byte[] pdf(int pages) throws IOException {
    try (var document = new PDDocument()) {
      document.getDocumentInformation().setTitle("書類 " + UUID.randomUUID());
      for (var i = 0; i < pages; i++) {
        document.addPage(new PDPage(PDRectangle.A4));
      }
      return saved(document);
    }
  }

  /** A PDF that runs a script when it is opened. */
  static byte[] hostile() throws IOException {
    try (var document = new PDDocument()) {
      document.addPage(new PDPage(PDRectangle.A4));
      document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert('x')"));
      return saved(document);
    }
  }

  private static byte[] saved(PDDocument document) throws IOException {
    var out = new ByteArrayOutputStream();
    document.save(out);
    return out.toByteArray();
  }

  /** Asks for a document; nothing is mailed. */
  MockHttpServletResponse want(String name, String purpose, int place, String... otherwise)
      throws Exception {
    var typed =
        new LinkedHashMap<String, String>(
            Map.of(
                "name",
                name,
                "purpose",
                purpose,
                "place",
                String.valueOf(place),
                "note",
                "会社の様式でかまいません。",
                "mandatory",
                "true"));
    for (var i = 0; i < otherwise.length; i += 2) {
      typed.put(otherwise[i], otherwise[i + 1]);
    }
    return press(
        "/submissions",
        typed.entrySet().stream()
            .flatMap(each -> Stream.of(each.getKey(), each.getValue()))
            .toArray(String[]::new));
  }

  MockHttpServletResponse press(String step, String... typed) throws Exception {
    return post_(path + step, typed);
  }

  MockHttpServletResponse post_(String at, String... typed) throws Exception {
    var request = post(at).with(csrf()).with(TestPeople.as(body, clerk));
    for (var i = 0; i < typed.length; i += 2) {
      request.param(typed[i], typed[i + 1]);
    }
    return mvc.perform(request).andReturn().getResponse();
  }

  MockHttpServletResponse look(String step) throws Exception {
    return at(path + step);
  }

  MockHttpServletResponse at(String where) throws Exception {
    return mvc.perform(get(where).with(TestPeople.as(body, clerk))).andReturn().getResponse();
  }

  Document page(String step) throws Exception {
    var answer = look(step);
    assertThat(answer.getStatus()).as(path + step).isEqualTo(200);
    return html(answer);
  }

  static Document html(MockHttpServletResponse answer) throws IOException {
    return Jsoup.parse(answer.getContentAsString(StandardCharsets.UTF_8));
  }

  MockHttpServletResponse open(String link) throws Exception {
    return mvc.perform(get(link)).andReturn().getResponse();
  }

  /** Hands a file in as somebody without an account does, into the n-th form of the page. */
  MockHttpServletResponse send(String link, int form, String name, byte[] bytes) throws Exception {
    var forms = html(open(link)).select("main form[enctype]");
    assertThat(forms.size()).as(link).isGreaterThanOrEqualTo(form);
    return sendTo(
        forms.get(form - 1).attr("action"),
        forms.get(form - 1).select("input[type=file]").attr("name"),
        name,
        bytes);
  }

  MockHttpServletResponse sendTo(String action, String input, String name, byte[] bytes)
      throws Exception {
    return mvc.perform(
            multipart(action)
                .file(new MockMultipartFile(input, name, null, bytes))
                .with(csrf())
                .header("User-Agent", "phone"))
        .andReturn()
        .getResponse();
  }

  /** Asks a counterparty, and gives the path of the link in its newest letter. */
  String ask(int place) throws Exception {
    return linkAfter(
        mails.get(place - 1),
        () ->
            assertThat(press("/submissions/asking", "place", String.valueOf(place)).getStatus())
                .isEqualTo(302));
  }

  /** Something that mails a link. */
  interface Mailing {
    void run() throws Exception;
  }

  static String linkAfter(String mail, Mailing step) throws Exception {
    var match = LINK.matcher(letterAfter(mail, step));
    assertThat(match.find()).isTrue();
    return match.group(1);
  }

  static String letterAfter(String mail, Mailing step) throws Exception {
    var before = letters(mail).size();
    step.run();
    for (var i = 0; i < 300; i++) {
      var letters = letters(mail);
      if (letters.size() > before) {
        return letters.getLast();
      }
      // The scheduler sends in its own time; nothing announces the letter.
      Thread.sleep(100);
    }
    throw new AssertionError("no letter to " + mail);
  }

  private static List<String> letters(String recipient) {
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

  /** The path of what was handed in for a document. */
  String seen(String name) throws Exception {
    return page("/submissions").select("a[aria-label*=" + name + "]").attr("href");
  }

  /** Takes what stands at such a path. */
  MockHttpServletResponse take(String seen, String as) throws Exception {
    return post_(seen + "/acceptance", "standing", standing(seen), "as", as, "kind", "BREAKDOWN");
  }

  MockHttpServletResponse giveBack(String seen, String reason) throws Exception {
    return post_(seen + "/return", "standing", standing(seen), "reason", reason);
  }

  /** The key of the file that the page shows. */
  String standing(String seen) throws Exception {
    return html(at(seen)).select("[name=standing]").eachAttr("value").getFirst();
  }
}
