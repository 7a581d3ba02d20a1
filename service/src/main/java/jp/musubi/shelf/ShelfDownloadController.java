package jp.musubi.shelf;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import jp.musubi.platform.PackedZip;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.FileName;
import jp.musubi.platform.web.ProblemKind;
import jp.musubi.platform.web.Problems;
import jp.musubi.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 控えの受け取り: a contract's file, its 締結証明書, or both of all of a 年度. */
@Controller
class ShelfDownloadController {
  private final Gate gate;
  private final Files files;
  private final Vault vault;
  private final Problems problems;
  private final Book book;

  ShelfDownloadController(Gate gate, Files files, Vault vault, Problems problems, Book book) {
    this.gate = gate;
    this.files = files;
    this.vault = vault;
    this.problems = problems;
    this.book = book;
  }

  @GetMapping("/past/contracts/{entry}/document.pdf")
  @Nullable ModelAndView document(
      @PathVariable String entry, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    return send(entry, Files.Kind.CONTRACT, request, response);
  }

  @GetMapping("/past/contracts/{entry}/certificate.pdf")
  @Nullable ModelAndView certificate(
      @PathVariable String entry, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    return send(entry, Files.Kind.CERTIFICATE, request, response);
  }

  /** All of a 年度 in one ZIP, as far as each body lets its counterparties in from there. */
  @GetMapping("/past/contracts.zip")
  @Nullable ModelAndView year(
      @RequestParam(defaultValue = "") String year,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var standing = gate.standing(request);
    if (!(standing instanceof Standing.Open(var opened)) || !year.matches("[0-9]{4}")) {
      return Gate.onward(standing);
    }
    var entries = files.ofYear(opened, Integer.parseInt(year));
    if (entries.isEmpty() || entries.size() > Shelf.MOST_PACKED) {
      return Pages.of("shelf/unpacked", request)
          .addObject("most", Shelf.MOST_PACKED)
          .addObject("none", entries.isEmpty());
    }
    for (var entry : entries) {
      // Before the first byte: nobody would notice a contract that is missing in the middle.
      if (!files.admits(entry, request)) {
        problems.write(request, response, ProblemKind.PLACE_NOT_ALLOWED);
        return null;
      }
    }
    response.setContentType("application/zip");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION, attachment(book.shown("past.zip", year) + ".zip"));
    var zip = new PackedZip(response.getOutputStream());
    var sums = new ArrayList<String>();
    for (var entry : entries) {
      for (var kind : Files.Kind.values()) {
        files.use(
            opened,
            entry,
            kind,
            request,
            (_, file) ->
                sums.add(vault.with(file, bytes -> pack(zip, nameIn(entry, kind), bytes)).line()));
      }
    }
    zip.pack(
        PackedZip.SUMS, out -> out.write(String.join("", sums).getBytes(StandardCharsets.UTF_8)));
    zip.finish();
    return null;
  }

  private @Nullable ModelAndView send(
      String id, Files.Kind kind, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var standing = gate.standing(request);
    var entry = EnterController.id(id);
    if (!(standing instanceof Standing.Open(var opened)) || entry.isEmpty()) {
      return Gate.onward(standing);
    }
    var found = files.entry(opened, entry.get());
    if (!files.admits(found, request)) {
      problems.write(request, response, ProblemKind.PLACE_NOT_ALLOWED);
      return null;
    }
    files.use(
        opened,
        found,
        kind,
        request,
        (_, file) ->
            vault.with(
                file,
                bytes -> {
                  write(bytes, name(found, kind), response);
                  return true;
                }));
    return null;
  }

  private String name(Entry entry, Files.Kind kind) {
    return FileName.plain(
            switch (kind) {
              case CONTRACT -> entry.number() + "_" + entry.title();
              case CERTIFICATE -> entry.number() + "_" + book.shown("past.certificate.name");
            })
        + ".pdf";
  }

  /** Numbers are a body's own: two bodies can have the same. */
  private String nameIn(Entry entry, Files.Kind kind) {
    return FileName.plain(entry.bodyName() + "_" + entry.bodyCode()) + "/" + name(entry, kind);
  }

  private static PackedZip.Packed pack(PackedZip zip, String name, Path bytes) {
    try {
      return zip.pack(name, out -> java.nio.file.Files.copy(bytes, out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path bytes, String name, HttpServletResponse response) {
    response.setContentType("application/pdf");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, attachment(name));
    try {
      response.setContentLengthLong(java.nio.file.Files.size(bytes));
      java.nio.file.Files.copy(bytes, response.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String attachment(String name) {
    return ContentDisposition.attachment()
        .filename(name, StandardCharsets.UTF_8)
        .build()
        .toString();
  }
}
