package jp.musubi.verification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.NewestVersions;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 原本照合 for staff: which of a contract's files is the one in their hands, the earlier ones, too. */
@Controller
@Needs(Act.SEE_CONTRACT)
@RequestMapping("/contracts/{id}/original")
class OriginalController {
  private final Contracts contracts;
  private final NewestVersions newest;
  private final Book book;

  OriginalController(Contracts contracts, NewestVersions newest, Book book) {
    this.contracts = contracts;
    this.newest = newest;
    this.book = book;
  }

  /** The page. */
  record Page(List<Crumb> crumbs, String number, String title, String path, Field file) {
    /** For the summary of what is wrong. */
    public List<Field> fields() {
      return List.of(file);
    }
  }

  @GetMapping
  ModelAndView ask(@PathVariable UUID id) {
    return page(contracts.get(new ContractId(id)), Map.of(), HttpStatus.OK);
  }

  /** 「照合する」. Compares and changes nothing; of a file that was sent nothing is kept. */
  @PostMapping
  ModelAndView compare(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String sha256,
      @RequestParam(required = false) @Nullable MultipartFile file) {
    var contract = contracts.get(new ContractId(id));
    var reader = new FormReader();
    var digest = FileDigest.of(reader, sha256, file);
    if (digest.isEmpty()) {
      return page(contract, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var found = files(contract).get(digest.get());
    return page(contract, Map.of(), HttpStatus.OK)
        .addObject("tone", found == null ? "error" : "success")
        .addObject("answer", found == null ? Text.of("original.other") : found)
        .addObject("digest", digest.get().hex());
  }

  /** What each of the contract's files is; of two that are the same, the later one. */
  private Map<Sha256, Text> files(Particulars contract) {
    var files = new LinkedHashMap<Sha256, Text>();
    files.put(contract.document(), Text.of("original.document"));
    contract.prepared().ifPresent(file -> files.put(file, Text.of("original.prepared")));
    contract
        .revisions()
        .forEach(revision ->
            files.put(
                revision.file(),
                Text.of("original.sealed", String.valueOf(revision.ordinal() + 1))));
    contract.finalFile().ifPresent(file -> files.put(file, Text.of("original.final")));
    contract.certificate().ifPresent(file -> files.put(file, Text.of("original.certificate")));
    contract.certificateMasked().ifPresent(file -> files.put(file, Text.of("original.masked")));
    newest
        .followers(contract.id())
        .forEach((file, of) -> files.put(file, files.getOrDefault(of, Text.of("original.final"))));
    return files;
  }

  private ModelAndView page(Particulars contract, Map<String, Text> wrong, HttpStatus status) {
    var path = "/contracts/" + contract.id();
    var crumbs = new ArrayList<Crumb>();
    crumbs.add(book.crumb("people.crumb.home", "/"));
    crumbs.add(book.crumb("contract.list.heading", "/contracts"));
    crumbs.add(new Crumb(contract.title(), path));
    crumbs.add(book.crumb("verify.title", path + "/original"));
    var page =
        new ModelAndView(
            "verification/original",
            "page",
            new Page(
                crumbs,
                contract.number(),
                contract.title(),
                path + "/original",
                Field.required("file", "verify.file")
                    .hinted("verify.file.hint")
                    .drawn(Field.Look.PDF)
                    .wrong(wrong.get("file"))));
    page.setStatus(status);
    return page;
  }
}
