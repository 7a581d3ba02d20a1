package jp.musubi.counterparty.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.counterparty.SupplierLists;
import jp.musubi.counterparty.SupplierRow;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.CsvTemplate;
import jp.musubi.platform.web.CsvUpload;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 相手方の一括登録: hand a list in, see what it would do, let it take effect. */
@Controller
@RequestMapping("/suppliers/import")
@Needs(Act.IMPORT_SUPPLIERS)
class ImportController {
  private final SupplierLists lists;
  private final ImportSheets sheets;
  private final Book book;

  ImportController(SupplierLists lists, ImportSheets sheets, Book book) {
    this.lists = lists;
    this.sheets = sheets;
    this.book = book;
  }

  @Recorded(by = Recorded.By.NOBODY, because = "an empty form")
  @GetMapping
  ModelAndView begin() {
    return form(null, null, HttpStatus.OK);
  }

  /** The headings with two lines, as UTF-8 with the mark that spreadsheets look for. */
  @Recorded(by = Recorded.By.NOBODY, because = "the headings of a list")
  @GetMapping("/template.csv")
  ResponseEntity<byte[]> template() {
    return CsvTemplate.of(
        "suppliers.csv",
        SupplierRow.HEADINGS,
        List.of(
            "株式会社 見本建設,,上毛市本町1-1,027-000-0100,,例田 一郎,代表取締役,ichiro@mihon.example,代表者,",
            "赤城設計（例田 梅）,,上毛市赤城町2-2,,個人事業主,例田 梅,,ume@akagi.example,代表者,令和9年3月31日"));
  }

  @PostMapping
  ModelAndView check(
      @CurrentStaff StaffMember giver,
      @RequestParam(required = false) @Nullable MultipartFile file,
      HttpServletRequest request)
      throws IOException {
    return switch (CsvUpload.of(
        file,
        SupplierRow.HEADINGS,
        List.of(SupplierRow.CODE),
        SupplierLists.MOST_ROWS,
        "suppliers.csv")) {
      case CsvUpload.Lines(var name, var lines) ->
          new ModelAndView(
              "redirect:/suppliers/import/"
                  + lists.check(name, lines, giver.id(), giver.actor(), request.getRemoteAddr()));
      case CsvUpload.Missing(var words) -> form(words, null, HttpStatus.UNPROCESSABLE_CONTENT);
      case CsvUpload.Unfit(var words) -> form(null, words, HttpStatus.UNPROCESSABLE_CONTENT);
    };
  }

  @GetMapping("/{list}")
  ModelAndView show(@PathVariable UUID list) {
    return Screens.sheet(sheets.of(lists.report(list)));
  }

  /** 「この内容で登録する」, of the very plan that was shown. */
  @PostMapping("/{list}/effect")
  ModelAndView apply(
      @PathVariable UUID list,
      @CurrentStaff StaffMember giver,
      @RequestParam(defaultValue = "") String looked,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return done(
        list,
        lists.apply(list, looked, giver.actor(), request.getRemoteAddr()),
        "supplier.import.applied",
        flash);
  }

  @PostMapping("/{list}/cancellation")
  ModelAndView cancel(
      @PathVariable UUID list,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return done(
        list,
        lists.cancel(list, giver.actor(), request.getRemoteAddr()),
        "supplier.import.cancelled",
        flash);
  }

  private ModelAndView done(
      UUID list, Optional<SupplierLists.Refusal> refusal, String done, RedirectAttributes flash) {
    if (refusal.isPresent()) {
      return Screens.refused(
          sheets.of(lists.report(list)), Text.of("supplier.list.refusal." + refusal.get()));
    }
    flash.addFlashAttribute("done", done);
    return new ModelAndView("redirect:/suppliers/import/" + list);
  }

  private ModelAndView form(@Nullable Text wrong, @Nullable Text refusal, HttpStatus status) {
    return Screens.form(
        Form.of(
                book.of("supplier.import"),
                Screens.crumbs(book, book.crumb("supplier.import", "/suppliers/import")),
                "/suppliers/import",
                List.of(
                    Field.required("file", "supplier.import.file")
                        .hinted("supplier.import.file.hint")
                        .drawn(Form.CSV)
                        .wrong(wrong)),
                "supplier.import.submit",
                "/suppliers")
            .led(Text.of("supplier.import.lead"))
            .refused(refusal),
        status);
  }
}
