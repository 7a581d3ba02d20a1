package jp.musubi.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.musubi.TestBody;
import jp.musubi.TestDesk;
import jp.musubi.contract.ContractId;
import jp.musubi.signing.Mailbox;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.jsoup.nodes.Document;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** A body that asks counterparties for documents, by its pages. */
record SubmissionHouse(TestDesk desk, List<String> mails) {
  private static final Pattern LINK =
      Pattern.compile("https?://[^/\\s]+(/s/[0-9]{6}/submission/\\S+)");

  /** A draft with so many counterparties, one after the other. */
  static SubmissionHouse open(MockMvc mvc, int counterparties) throws Exception {
    var mails =
        Stream.generate(() -> UUID.randomUUID() + "@mihon.example").limit(counterparties).toList();
    return new SubmissionHouse(TestDesk.open(mvc, TestBody.create("-"), pdf(2)), mails).with(mails);
  }

  /** The same house with other counterparties on the draft. */
  SubmissionHouse with(List<String> others) throws Exception {
    desk.parties(others);
    desk.terms("amount", "1200000");
    return new SubmissionHouse(desk, others);
  }

  TestBody body() {
    return desk.body();
  }

  String path() {
    return desk.path();
  }

  ContractId id() {
    return desk.id();
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
    return press(
        "/submissions",
        TestDesk.typed(
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
                "true"),
            otherwise));
  }

  MockHttpServletResponse press(String step, String... typed) throws Exception {
    return desk.press(step, typed);
  }

  MockHttpServletResponse post_(String at, String... typed) throws Exception {
    return desk.send(at, typed);
  }

  MockHttpServletResponse look(String step) throws Exception {
    return desk.look(step);
  }

  MockHttpServletResponse at(String where) throws Exception {
    return desk.at(where);
  }

  Document page(String step) throws Exception {
    return desk.page(step);
  }

  static Document html(MockHttpServletResponse answer) throws IOException {
    return TestDesk.html(answer);
  }

  MockHttpServletResponse open(String link) throws Exception {
    return desk.mvc().perform(get(link)).andReturn().getResponse();
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
    return desk.mvc()
        .perform(
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
    var before = Mailbox.of(mail).size();
    step.run();
    return Mailbox.await(mail, before + 1).getLast().text();
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
