package jp.musubi.seal.inspection;

import java.util.List;
import java.util.Set;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.jspecify.annotations.Nullable;

/** Recognises a dictionary by what it says, wherever in the document it hangs. */
final class DictionaryRules {
  private static final Set<String> ACTIVE =
      Set.of(
          "Launch",
          "SubmitForm",
          "ImportData",
          "ResetForm",
          "Hide",
          "SetOCGState",
          "Rendition",
          "Sound",
          "Movie",
          "RichMediaExecute",
          "GoTo3DView");
  private static final Set<String> MEDIA =
      Set.of("Sound", "Movie", "Screen", "RichMedia", "3D", "TrapNet");
  private static final Set<String> SIGNATURES = Set.of("Sig", "DocTimeStamp");
  private static final Set<String> IDENTITY = Set.of("Identity", "Default");

  private final Findings findings;

  DictionaryRules(Findings findings) {
    this.findings = findings;
  }

  void check(COSDictionary it, Findings.Place place) {
    signatures(it, place);
    actions(it, place);
    attachments(it, place);
    content(it, place);
    new FontRules(findings).check(it, place);
  }

  private void signatures(COSDictionary it, Findings.Place place) {
    if (Cos.has(it, "ByteRange")
        || (SIGNATURES.contains(Cos.name(it, "Type")) && Cos.has(it, "Contents"))) {
      reject("PDF-P03", "already-signed", place, "a signature dictionary");
    }
  }

  private void actions(COSDictionary it, Findings.Place place) {
    var kind = Cos.name(it, "S");
    if (Cos.has(it, "JS") || Cos.has(it, "JavaScript") || "JavaScript".equals(kind)) {
      reject("PDF-P04", "javascript", place, "/JS or /JavaScript");
    } else if (ACTIVE.contains(kind) && !isStructure(it)) {
      var key = "Launch".equals(kind) ? "launch" : "action";
      reject("PDF-P04", key, place, "/S /" + kind);
    }
    if (Cos.get(it, "AA") instanceof COSDictionary triggers && triggers.size() > 0) {
      reject("PDF-P04", "triggered-action", place, "/AA");
    }
    if (MEDIA.contains(Cos.name(it, "Subtype")) && Cos.has(it, "Rect")) {
      reject("PDF-P04", "media", place, "/Subtype /" + Cos.name(it, "Subtype"));
    }
    if ("GoToR".equals(kind)
        || "GoToE".equals(kind)
        || ("Thread".equals(kind) && Cos.has(it, "F"))) {
      reject("PDF-P06", "external-file", place, "/S /" + kind);
    }
    if ("URI".equals(kind) && Cos.has(it, "URI")) {
      findings.at("PDF-P06", Action.WARN, "web-link", place, text(Cos.get(it, "URI")));
    }
  }

  private void attachments(COSDictionary it, Findings.Place place) {
    if (Cos.get(it, "EmbeddedFiles") instanceof COSDictionary || Cos.has(it, "EF")) {
      reject("PDF-P05", "attachment", place, "/EmbeddedFiles or /EF");
    }
    if (Cos.get(it, "AF") instanceof COSArray files && files.size() > 0) {
      reject("PDF-P05", "attachment", place, "/AF");
    }
    if ("FileAttachment".equals(Cos.name(it, "Subtype"))) {
      reject("PDF-P05", "attachment", place, "/Subtype /FileAttachment");
    }
    if (it instanceof COSStream && (Cos.has(it, "F") || Cos.has(it, "FFilter"))) {
      reject("PDF-P06", "external-file", place, "a stream with /F");
    }
    if (Cos.has(it, "OPI")
        || ("Form".equals(Cos.name(it, "Subtype"))
            && Cos.get(it, "Ref") instanceof COSDictionary)) {
      reject("PDF-P06", "external-file", place, "/OPI or /Ref");
    }
  }

  private void content(COSDictionary it, Findings.Place place) {
    var subtype = Cos.name(it, "Subtype");
    if ("Image".equals(subtype) && Cos.has(it, "Alternates")) {
      reject("PDF-P11", "alternate-image", place, "/Alternates");
    }
    if (it instanceof COSStream image && filters(image).contains("JPXDecode")) {
      reject("PDF-P11", "unsupported-image", place, "/JPXDecode");
    }
    if (it instanceof COSStream
        && ("PS".equals(subtype) || "PS".equals(Cos.name(it, "Subtype2")))) {
      reject("PDF-P11", "postscript", place, "a PostScript XObject");
    }
    if (isGraphicsState(it)) {
      graphicsState(it, place);
    }
    if ("OCMD".equals(Cos.name(it, "Type"))) {
      var policy = Cos.name(it, "P");
      if (Cos.has(it, "VE") || "AllOff".equals(policy) || "AnyOff".equals(policy)) {
        reject("PDF-P10", "layers", place, "/OCMD " + policy);
      }
    }
  }

  private void graphicsState(COSDictionary it, Findings.Place place) {
    if (transfers(Cos.get(it, "TR")) || transfers(Cos.get(it, "TR2"))) {
      reject("PDF-P11", "transfer-function", place, "/TR or /TR2");
    }
    var blend = Cos.get(it, "BM");
    if (blend instanceof COSName mode && !Set.of("Normal", "Compatible").contains(mode.getName())) {
      findings.at("PDF-P14", Action.WARN, "blend-mode", place, "/BM /" + mode.getName());
    }
  }

  private static boolean isGraphicsState(COSDictionary it) {
    return "ExtGState".equals(Cos.name(it, "Type"))
        || (!(it instanceof COSStream)
            && (Cos.has(it, "TR") || Cos.has(it, "TR2"))
            && !Cos.has(it, "S"));
  }

  private static boolean transfers(@Nullable COSBase function) {
    return function instanceof COSDictionary
        || function instanceof COSArray
        || (function instanceof COSName name && !IDENTITY.contains(name.getName()));
  }

  private static List<String> filters(COSStream stream) {
    return switch (Cos.get(stream, "Filter")) {
      case COSName one -> List.of(one.getName());
      case COSArray many ->
          many.toList().stream()
              .map(Cos::direct)
              .map(each -> each instanceof COSName name ? name.getName() : "")
              .toList();
      case null, default -> List.of();
    };
  }

  private static boolean isStructure(COSDictionary it) {
    return Cos.has(it, "K") || ("StructElem".equals(Cos.name(it, "Type")) && Cos.has(it, "P"));
  }

  private void reject(String rule, String what, Findings.Place place, String detail) {
    findings.at(rule, Action.REJECT, what, place, detail);
  }

  private static String text(@Nullable COSBase value) {
    return value instanceof COSString string ? string.getString() : "";
  }
}
