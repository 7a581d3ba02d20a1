package jp.musubi.seal.validation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import jp.musubi.seal.Sealery;
import jp.musubi.testkit.KeyKind;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;

/** Files that the engine sealed, made once for all tests of a JVM, as bytes. */
final class Specimen {
  private static final Specimen MADE = make();

  private final Path folder;
  private final List<byte[]> revisions;
  private final byte[] archived;
  private final X509Certificate root;
  private final X509Certificate issuing;
  private final Instant at;

  private Specimen(
      Path folder,
      List<byte[]> revisions,
      byte[] archived,
      X509Certificate root,
      X509Certificate issuing,
      Instant at) {
    this.folder = folder;
    this.revisions = revisions;
    this.archived = archived;
    this.root = root;
    this.issuing = issuing;
    this.at = at;
  }

  static Specimen get() {
    return MADE;
  }

  private static Specimen make() {
    try {
      var folder = Files.createTempDirectory("specimen");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      try (var sealery = Sealery.open(folder, KeyKind.P_256)) {
        var engine = sealery.engine();
        var files = sealery.sealedThrice(engine);
        var archived = folder.resolve("archived.pdf");
        engine.archive(files.getLast(), archived);
        var revisions = new java.util.ArrayList<byte[]>();
        for (var file : files) {
          revisions.add(Files.readAllBytes(file));
        }
        return new Specimen(
            folder,
            revisions,
            Files.readAllBytes(archived),
            sealery.server().pki().root(),
            sealery.server().pki().sealChain().getLast(),
            Sealery.now().plusSeconds(5));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the hierarchy is kept, so that more can be sealed by it. */
  Path folder() {
    return folder;
  }

  /** Three seals and a document timestamp: valid. */
  byte[] archived() {
    return archived.clone();
  }

  /** The prepared file, and the file after each of the three seals. */
  byte[] revision(int seals) {
    return revisions.get(seals).clone();
  }

  X509Certificate root() {
    return root;
  }

  /** The authority that issues seals and nothing else. */
  X509Certificate issuing() {
    return issuing;
  }

  ValidationPolicy policy() {
    return new ValidationPolicy(Set.of(root), at);
  }

  Instant at() {
    return at;
  }

  ValidationReport judge(byte[] pdf) throws IOException {
    return Validator.validate(Content.of(pdf), policy());
  }

  /** Something to be done while the hierarchy answers. */
  interface Work {
    byte[] with(Sealery sealery) throws Exception;
  }

  /** Opens the hierarchy that made these files once more. */
  byte[] open(Work work) throws Exception {
    try (var sealery = Sealery.open(folder, KeyKind.P_256)) {
      return work.with(sealery);
    }
  }

  /** Seals a prepared file once, and archives it. */
  byte[] sealed(byte[] prepared) throws Exception {
    return open(sealery -> {
      var from = Files.write(folder.resolve("from.pdf"), prepared);
      var once = folder.resolve("once.pdf");
      var whole = folder.resolve("whole.pdf");
      sealery.engine().seal(from, once, Sealery.request(1));
      sealery.engine().archive(once, whole);
      return Files.readAllBytes(whole);
    });
  }

  /** Object numbers of the parts that attacks aim at. */
  record Parts(
      int catalog, int pages, int page, int contents, int font, List<Integer> fields, int seal) {}

  static Parts parts(byte[] pdf) throws IOException {
    try (var document = Loader.loadPDF(pdf)) {
      var catalog = document.getDocumentCatalog().getCOSObject();
      var page = document.getPage(0).getCOSObject();
      var form = (COSDictionary) catalog.getDictionaryObject(COSName.ACRO_FORM);
      var fields = (COSArray) form.getDictionaryObject(COSName.FIELDS);
      var resources = (COSDictionary) page.getDictionaryObject(COSName.RESOURCES);
      var fonts = (COSDictionary) resources.getDictionaryObject(COSName.FONT);
      var first = (COSDictionary) fields.getObject(0);
      return new Parts(
          number(catalog),
          number(page.getDictionaryObject(COSName.PARENT)),
          number(page),
          number(page.getItem(COSName.CONTENTS)),
          number(fonts.getItem(fonts.keySet().iterator().next())),
          fields.toList().stream().map(Specimen::number).toList(),
          first.containsKey(COSName.V) ? number(first.getItem(COSName.V)) : 0);
    }
  }

  private static int number(org.apache.pdfbox.cos.COSBase base) {
    var key = base instanceof COSObject reference ? reference.getKey() : base.getKey();
    return key == null ? 0 : (int) key.getNumber();
  }
}
