#include "base/CombiningMarks.h"
#include "support/TestProgram.h"
#include "widgets/controls/Banner.h"
#include "widgets/controls/ElidedLabel.h"
#include "widgets/controls/ExactText.h"
#include "widgets/controls/FactList.h"
#include "widgets/controls/FindingList.h"

#include <QApplication>
#include <QLabel>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// Words from outside with 100,000 combining marks: no field lays out more than some of them.
class TestFewMarks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void labelsShowFew()
    {
        Banner banner;
        banner.showMessage(m_words);
        QCOMPARE(banner.message(), m_shown);
        banner.amend(m_words);
        QCOMPARE(banner.message(), m_shown);

        FactList facts;
        facts.setFacts({{u"Reason"_s, m_words}});
        QCOMPARE(shownIn(facts), m_shown);
        FindingList findings;
        Finding finding;
        finding.text = m_words;
        findings.setFindings({finding});
        QVERIFY(shownIn(findings).contains(m_shown));
        QVERIFY(!shownIn(findings).contains(m_words));

        ElidedLabel label;
        label.setText(m_words);
        QCOMPARE(label.sizeHint().width(), label.fontMetrics().horizontalAdvance(m_shown) + 1);
    }

    void aDocumentHoldsThemAll()
    {
        QTextDocument document;
        ExactText::setText(document, m_words);
        QCOMPARE(document.toPlainText(), m_shown);
        QCOMPARE(ExactText::text(document), m_words);
        QCOMPARE(ExactText::pictures(document.begin()), QList<ExactText::Range>({{31, 1}}));
        // The sign itself is a character as any other.
        ExactText::setText(document, u"a◌b"_s);
        QCOMPARE(ExactText::text(document), u"a◌b"_s);
        QVERIFY(ExactText::pictures(document.begin()).isEmpty());
        QVERIFY(ExactText::needsCare(u"◌"_s));
        QVERIFY(ExactText::needsCare(m_words));
    }

private:
    [[nodiscard]] static QString shownIn(const QWidget &widget)
    {
        QString longest;
        const QList<QLabel *> labels = widget.findChildren<QLabel *>();
        for (const QLabel *label : labels) {
            if (label->text().size() > longest.size())
                longest = label->text();
        }
        return longest;
    }

    const QString m_words = u'a' + QString(100'000, QChar(0x301)) + u'b';
    const QString m_shown = u'a' + QString(MaxMarksInARow, QChar(0x301)) + SurplusMarksSign + u'b';
};

SOCKEYE_TEST(TestFewMarks, QApplication)
#include "tst_fewmarks.moc"
