#include "widgets/help/HelpDialog.h"
#include "widgets/help/HelpPages.h"
#include "widgets/help/HelpTool.h"
#include "widgets/help/ReportDialog.h"

#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "versions/Versions.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// Takes the links that would be opened by the desktop.
class LinkCatcher final : public QObject
{
    Q_OBJECT

public:
    QList<QUrl> links;

public Q_SLOTS:
    void take(const QUrl &link) { links += link; }
};

/// The help that comes with the program.
class HelpTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachPageHasItsText()
    {
        QCOMPARE(HelpPages::all().size(), 5);
        for (const HelpPage &page : HelpPages::all()) {
            const QString text = HelpPages::markdown(page.file);
            QVERIFY2(text.startsWith(u"# "), qPrintable(page.file));
            QVERIFY2(text.size() > 200, qPrintable(page.file));
            QVERIFY2(!text.contains(u"!["), qPrintable(page.file));
        }
        QCOMPARE(HelpPages::markdown(u"none.md"_s), QString());
    }

    void linksBetweenPagesLeadSomewhere()
    {
        static const QRegularExpression link(u"\\]\\(([^)]+)\\)"_s);
        int count = 0;
        for (const HelpPage &page : HelpPages::all()) {
            const QString text = HelpPages::markdown(page.file);
            for (const QRegularExpressionMatch &match : link.globalMatch(text)) {
                const QUrl target(match.captured(1));
                const bool leads = target.isRelative() ? !HelpPages::markdown(target.fileName()).isEmpty()
                                                       : target.scheme() == u"https";
                QVERIFY2(leads, qPrintable(page.file + u": "_s + match.captured(1)));
                ++count;
            }
        }
        QVERIFY(count > 0);
    }

    void pagesAreChosenFromTheList()
    {
        const std::unique_ptr<HelpDialog> dialog = shown();
        auto *pages = named<QListWidget>(dialog.get(), u"Help pages"_s);
        QCOMPARE(firstLine(*dialog), u"A long session"_s);
        pages->setFocus();
        QTest::keyClick(pages, Qt::Key_Down);
        QCOMPARE(firstLine(*dialog), u"The filter"_s);
        const QRect last = pages->visualItemRect(pages->item(pages->count() - 1));
        QTest::mouseClick(pages->viewport(), Qt::LeftButton, {}, last.center());
        QCOMPARE(firstLine(*dialog), u"What is new"_s);
        dialog->showPage(HelpPages::guide());
        QCOMPARE(firstLine(*dialog), u"A long session"_s);
    }

    void namesOfPagesAreNotCut()
    {
        const std::unique_ptr<HelpDialog> dialog = shown();
        const auto *pages = named<QListWidget>(dialog.get(), u"Help pages"_s);
        QVERIFY(pages->sizeHintForColumn(0) <= pages->viewport()->width());
    }

    void linksStayInTheHelp()
    {
        LinkCatcher catcher;
        QDesktopServices::setUrlHandler(u"https"_s, &catcher, "take");
        QDesktopServices::setUrlHandler(u"file"_s, &catcher, "take");
        const std::unique_ptr<HelpDialog> dialog = shown();
        auto *text = named<QTextBrowser>(dialog.get(), u"Help page"_s);
        Q_EMIT text->anchorClicked(QUrl(u"filter.md"_s));
        QCOMPARE(firstLine(*dialog), u"The filter"_s);
        Q_EMIT text->anchorClicked(QUrl(u"file:///etc/passwd"_s));
        QCOMPARE(catcher.links, QList<QUrl>());
        Q_EMIT text->anchorClicked(QUrl(u"https://a.example/"_s));
        QCOMPARE(catcher.links, QList<QUrl>{QUrl(u"https://a.example/"_s)});
        QDesktopServices::unsetUrlHandler(u"https"_s);
        QDesktopServices::unsetUrlHandler(u"file"_s);
    }

    void wordsAreFound()
    {
        const std::unique_ptr<HelpDialog> dialog = shown();
        auto *text = named<QTextBrowser>(dialog.get(), u"Help page"_s);
        auto *find = named<QLineEdit>(dialog.get(), u"Find on this page"_s);
        text->setFocus();
        QTest::keyClick(text, Qt::Key_F, Qt::ControlModifier);
        QVERIFY(find->hasFocus());
        QTest::keyClicks(find, u"bookmark"_s);
        QCOMPARE(text->textCursor().selectedText().toLower(), u"bookmark"_s);
        const int first = text->textCursor().position();
        QTest::keyClick(find, Qt::Key_Return);
        QVERIFY(text->textCursor().position() > first);
        QVERIFY(dialog->isVisible());
        for (int n = 0; text->textCursor().position() != first; ++n) {
            QVERIFY2(n < 100, "the search does not begin again at the top");
            QTest::keyClick(find, Qt::Key_Return);
        }
        QTest::keyClicks(find, u"zzz"_s);
        QCOMPARE(find->accessibleDescription(), u"Not on this page"_s);
        QVERIFY(!text->textCursor().hasSelection());
        find->clear();
        QTest::keyClicks(find, u"t"_s);
        QCOMPARE(find->accessibleDescription(), QString());
    }

    void oneDialogShowsAll()
    {
        QWidget window;
        window.show();
        HelpTool tool(&window);
        tool.showGuide();
        auto *dialog = window.findChild<HelpDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(!dialog->isModal());
        tool.showWhatIsNew();
        QCOMPARE(window.findChildren<HelpDialog *>().size(), 1);
        QCOMPARE(firstLine(*dialog), u"What is new"_s);
        dialog->close();
        QTRY_VERIFY(!window.findChild<HelpDialog *>());
        tool.showGuide();
        QVERIFY(window.findChild<HelpDialog *>());
    }

    void versionsAreNamed()
    {
        const QStringList lines = versionsText().split(u'\n');
        QCOMPARE(lines.size(), 5);
        QVERIFY(lines[0].startsWith(u"Sockeye 0."));
        QVERIFY(lines[1].startsWith(u"Qt 6."));
        QVERIFY(lines[3].startsWith(u"SQLite 3."));
    }

    void aReportCopiesTheVersions()
    {
        QGuiApplication::clipboard()->clear();
        ReportDialog dialog;
        dialog.show();
        const auto *versions = named<QPlainTextEdit>(&dialog, u"Versions"_s);
        QVERIFY(versions->toPlainText().startsWith(versionsText()));
        QCOMPARE(QGuiApplication::clipboard()->text(), QString());
        QTest::mouseClick(named<QPushButton>(&dialog, u"Copy versions"_s), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), versions->toPlainText());
        QVERIFY(dialog.isVisible());
    }

private:
    [[nodiscard]] static std::unique_ptr<HelpDialog> shown()
    {
        auto dialog = std::make_unique<HelpDialog>();
        dialog->show();
        if (!QTest::qWaitForWindowActive(dialog.get()))
            return nullptr;
        return dialog;
    }

    [[nodiscard]] static QString firstLine(const HelpDialog &dialog)
    {
        return named<QTextBrowser>(&dialog, u"Help page"_s)->document()->firstBlock().text();
    }
};

SOCKEYE_TEST(HelpTest, QApplication)
#include "tst_help.moc"
