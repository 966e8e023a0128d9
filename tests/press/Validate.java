// Validates PDF files with the core of veraPDF: java Validate 2b,ua1 FILE... prints PASS or FAIL with the broken clauses.
import java.io.File;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Validate {
  public static void main(String[] arguments) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean good = true;
    for (String name : arguments[0].split(",")) {
      PDFAFlavour flavour = PDFAFlavour.fromString(name);
      for (int i = 1; i < arguments.length; i++) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(arguments[i]), flavour);
            PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
          ValidationResult result = validator.validate(parser);
          good &= result.isCompliant();
          System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + name + " " + arguments[i]);
          TreeMap<String, Integer> broken = new TreeMap<>();
          for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
              broken.merge(assertion.getRuleId().getClause() + " " + assertion.getMessage(), 1, Integer::sum);
            }
          }
          broken.forEach((clause, count) -> System.out.println("  " + count + " x " + clause));
        }
      }
    }
    System.exit(good ? 0 : 1);
  }
}
