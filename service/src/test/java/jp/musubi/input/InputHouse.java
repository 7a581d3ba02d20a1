package jp.musubi.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

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
import org.jsoup.nodes.Document;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** A body that makes a contract with 入力項目, by its pages. */
public record InputHouse(TestDesk desk, List<String> mails) {
  private static final Pattern LINK = Pattern.compile("https?://[^/\\s]+(/s/[0-9]{6}/input/\\S+)");

  /** A draft with so many counterparties, one after the other. */
  public static InputHouse open(MockMvc mvc, int counterparties) throws Exception {
    var mails =
        Stream.generate(() -> UUID.randomUUID() + "@mihon.example").limit(counterparties).toList();
    var house = new InputHouse(TestDesk.open(mvc, TestBody.create("-"), pdf()), mails);
    house.parties();
    return house;
  }

  public void parties() throws Exception {
    desk.parties(mails);
    desk.terms("amount", "1200000");
  }

  public TestBody body() {
    return desk.body();
  }

  public String path() {
    return desk.path();
  }

  public ContractId id() {
    return desk.id();
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
    return TestDesk.typed(
        Map.of(
            "label", label,
            "kind", kind,
            "filler", String.valueOf(filler),
            "mandatory", "true",
            "page", "1",
            "left", "30",
            "top", String.valueOf(top),
            "width", "100",
            "height", "8",
            "size", "10.5"),
        otherwise);
  }

  void put(String label, String kind, int filler, int top, String... otherwise) throws Exception {
    var answer = press("/fields", field(label, kind, filler, top, otherwise));
    assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(302);
  }

  public MockHttpServletResponse press(String step, String... typed) throws Exception {
    return desk.press(step, typed);
  }

  public MockHttpServletResponse look(String step) throws Exception {
    return desk.look(step);
  }

  public Document page(String step) throws Exception {
    return desk.page(step);
  }

  public static Document html(MockHttpServletResponse answer) throws IOException {
    return TestDesk.html(answer);
  }

  /** Sends a form of somebody without an account. */
  MockHttpServletResponse send(String link, String... typed) throws Exception {
    var request = post(link).with(csrf()).header("User-Agent", "phone");
    for (var i = 0; i < typed.length; i += 2) {
      request.param(typed[i], typed[i + 1]);
    }
    return desk.mvc().perform(request).andReturn().getResponse();
  }

  MockHttpServletResponse open(String link) throws Exception {
    return desk.mvc().perform(get(link)).andReturn().getResponse();
  }

  /** Asks a counterparty, and gives the path of the link in its newest letter. */
  String ask(int filler) throws Exception {
    var mail = mails.get(filler - 1);
    var before = Mailbox.of(mail).size();
    assertThat(press("/fields/asking", "filler", String.valueOf(filler)).getStatus())
        .isEqualTo(302);
    var match = LINK.matcher(Mailbox.await(mail, before + 1).getLast().text());
    assertThat(match.find()).isTrue();
    return match.group(1);
  }
}
