package jp.musubi.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * 見本の契約書. A contract as a town would write it, as a PDF: for trying the service out. Every page
 * says that it is a sample.
 *
 * @param head the document's own title, e.g. 工事請負契約書
 * @param items numbered particulars
 * @param clauses the articles
 */
record SampleContract(
    String fileName, String title, String head, List<String> items, List<String> clauses) {
  private static final float MARGIN = 64;
  private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
  private static final float SIZE = 10.5f;
  private static final float LEADING = 19;

  /** The samples that a trial offers. */
  static List<SampleContract> all() {
    return List.of(
        new SampleContract(
            "工事請負契約書.pdf",
            "市道1024号線 舗装修繕工事",
            "工事請負契約書",
            List.of(
                "工事名　　市道1024号線 舗装修繕工事",
                "工事場所　上毛市本町一丁目 地内",
                "工期　　　令和8年12月7日から令和9年3月19日まで",
                "請負代金額　金12,980,000円（うち取引に係る消費税及び地方消費税の額 1,180,000円）",
                "契約保証金　金1,298,000円",
                "建設発生土の搬出先　上毛市指定残土受入地"),
            works()),
        new SampleContract(
            "業務委託契約書.pdf",
            "庁舎清掃業務委託（令和9年度）",
            "業務委託契約書",
            List.of(
                "業務名　　庁舎清掃業務委託（令和9年度）",
                "履行場所　上毛市役所本庁舎及び別館",
                "履行期間　令和9年4月1日から令和10年3月31日まで",
                "委託料　　金4,752,000円（うち取引に係る消費税及び地方消費税の額 432,000円）",
                "契約保証金　免除"),
            services()),
        new SampleContract(
            "物品売買契約書.pdf",
            "防災用毛布の購入",
            "物品売買契約書",
            List.of(
                "品名及び数量　防災用毛布（難燃・圧縮袋入り）600枚",
                "納入場所　上毛市防災備蓄倉庫",
                "納入期限　令和9年2月26日",
                "契約金額　金1,234,000円（うち取引に係る消費税及び地方消費税の額 112,181円）",
                "契約保証金　免除"),
            services()));
  }

  private static List<String> works() {
    return List.of(
        "（総則）第1条　発注者及び受注者は、この契約書に基づき、設計図書に従い、日本国の法令を遵守し、この契約を履行しなければならない。",
        "（工程表）第2条　受注者は、この契約締結後7日以内に設計図書に基づいて工程表を作成し、発注者に提出しなければならない。",
        "（権利義務の譲渡等）第3条　受注者は、この契約により生ずる権利又は義務を第三者に譲渡し、又は承継させてはならない。ただし、あらかじめ、発注者の承諾を得た場合は、この限りでない。",
        "（監督員）第4条　発注者は、監督員を置いたときは、その氏名を受注者に通知しなければならない。",
        "（検査及び引渡し）第5条　受注者は、工事を完成したときは、その旨を発注者に通知しなければならない。発注者は、通知を受けた日から14日以内に完成を確認するための検査を完了しなければならない。",
        "（請負代金の支払）第6条　発注者は、前条の検査に合格し、適法な支払請求書を受理した日から40日以内に請負代金を支払わなければならない。",
        "（契約不適合責任）第7条　発注者は、引き渡された工事目的物が契約の内容に適合しないものであるときは、受注者に対し、目的物の修補又は代替物の引渡しによる履行の追完を請求することができる。",
        "（電磁的記録）第8条　この契約は、電磁的記録により作成し、発注者及び受注者が電子署名の措置を講じたときに確定する。");
  }

  private static List<String> services() {
    return List.of(
        "（総則）第1条　発注者及び受注者は、この契約書に基づき、仕様書に従い、日本国の法令を遵守し、この契約を履行しなければならない。",
        "（権利義務の譲渡等）第2条　受注者は、この契約により生ずる権利又は義務を第三者に譲渡し、又は承継させてはならない。",
        "（再委託の禁止）第3条　受注者は、業務の全部を一括して第三者に委任し、又は請け負わせてはならない。",
        "（検査）第4条　発注者は、履行の届出を受けた日から10日以内に検査を行うものとする。",
        "（支払）第5条　発注者は、検査に合格し、適法な支払請求書を受理した日から30日以内に代金を支払うものとする。",
        "（秘密の保持）第6条　受注者は、業務を行う上で知り得た秘密を他人に漏らしてはならない。",
        "（電磁的記録）第7条　この契約は、電磁的記録により作成し、発注者及び受注者が電子署名の措置を講じたときに確定する。");
  }

  /** Writes the PDF, fonts embedded. */
  void write(Path target) {
    try (var document = new PDDocument();
        var regularFont =
            SampleContract.class.getResourceAsStream("/fonts/NotoSansJP-Regular.ttf");
        var boldFont = SampleContract.class.getResourceAsStream("/fonts/NotoSansJP-Bold.ttf")) {
      if (regularFont == null || boldFont == null) {
        throw new IllegalStateException("the fonts are not on the class path");
      }
      var regular = PDType0Font.load(document, regularFont, true);
      var bold = PDType0Font.load(document, boldFont, true);
      var information = new PDDocumentInformation();
      information.setTitle(head + "（見本）");
      document.setDocumentInformation(information);
      document.getDocumentCatalog().setLanguage("ja-JP");
      first(document, regular, bold);
      articles(document, regular, bold);
      document.save(target.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void first(PDDocument document, PDFont regular, PDFont bold) throws IOException {
    var lines = new ArrayList<String>();
    for (var i = 0; i < items.size(); i++) {
      lines.addAll(wrap("%d　%s".formatted(i + 1, items.get(i)), regular));
      lines.add("");
    }
    lines.addAll(
        wrap(
            "上記について、発注者と受注者は、各々の対等な立場における合意に基づいて、別添の条項によって公正な契約を締結し、"
                + "信義に従って誠実にこれを履行するものとする。本契約の証として、この電磁的記録を作成し、当事者が電子署名を付す。",
            regular));
    lines.addAll(
        List.of(
            "",
            "令和8年12月4日",
            "",
            "　　発注者　　上毛市本町一丁目1番1号",
            "　　　　　　　上毛市長　見本 太郎",
            "",
            "　　受注者　　上毛市北町二丁目3番4号",
            "　　　　　　　株式会社 見本建設",
            "　　　　　　　代表取締役　例田 一郎"));
    page(document, regular, bold, head, lines, 1);
  }

  private void articles(PDDocument document, PDFont regular, PDFont bold) throws IOException {
    var lines = new ArrayList<String>();
    for (var clause : clauses) {
      lines.addAll(wrap(clause, regular));
      lines.add("");
    }
    page(document, regular, bold, "契約条項", lines, 2);
  }

  private static void page(
      PDDocument document, PDFont regular, PDFont bold, String head, List<String> lines, int number)
      throws IOException {
    var page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    try (var content = new PDPageContentStream(document, page)) {
      var top = PDRectangle.A4.getHeight() - 96;
      text(content, bold, 18, (PDRectangle.A4.getWidth() - width(head, bold, 18)) / 2, top, head);
      var y = top - 56;
      for (var line : lines) {
        text(content, regular, SIZE, MARGIN, y, line);
        y -= LEADING;
      }
      text(content, regular, 8, MARGIN, 36, "見本（この文書は試用のためのもので、効力はありません）");
      text(content, regular, 8, PDRectangle.A4.getWidth() - MARGIN - 8, 36, String.valueOf(number));
    }
  }

  private static void text(
      PDPageContentStream content, PDFont font, float size, float x, float y, String line)
      throws IOException {
    content.beginText();
    content.setFont(font, size);
    content.newLineAtOffset(x, y);
    content.showText(line);
    content.endText();
  }

  private static float width(String text, PDFont font, float size) throws IOException {
    return font.getStringWidth(text) / 1000 * size;
  }

  private static List<String> wrap(String text, PDFont font) throws IOException {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var i = 0; i < text.length(); ) {
      var next = Character.toString(text.codePointAt(i));
      if (width(line + next, font, SIZE) > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(next);
      i += next.length();
    }
    lines.add(line.toString());
    return lines;
  }
}
