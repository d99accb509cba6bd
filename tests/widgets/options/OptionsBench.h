#pragma once

#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/options/OptionsDialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>

namespace sockeye::test {

/// The options' dialog, and hands to use it.
class OptionsBench
{
protected:
    void show(const Endpoint &endpoint)
    {
        m_dialog = std::make_unique<OptionsDialog>(endpoint, m_prompts);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
    }

    void goTo(const QString &page)
    {
        auto *tabs = m_dialog->findChild<QTabWidget *>();
        for (int i = 0; i < tabs->count(); ++i) {
            if (tabs->tabText(i) == page)
                QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(i).center());
        }
        QCOMPARE(tabs->tabText(tabs->currentIndex()), page);
    }

    void type(const QString &name, const QString &text)
    {
        auto *line = named<QLineEdit>(m_dialog.get(), name);
        QVERIFY2(line && line->isVisible() && line->isEnabled(), qPrintable(name));
        line->clear();
        enter(line, text);
    }

    /// Key by key; QTest has keys for ASCII only.
    static void enter(QLineEdit *line, const QString &text)
    {
        for (const QChar c : text) {
            if (c.unicode() < 128)
                QTest::keyClick(line, c.toLatin1());
            else
                line->insert(c);
        }
    }

    void choose(const QString &name, const QString &text)
    {
        auto *box = named<QComboBox>(m_dialog.get(), name);
        QVERIFY2(box && box->isVisible() && box->findText(text) >= 0, qPrintable(name));
        box->setCurrentIndex(box->findText(text));
    }

    void tick(const QString &name)
    {
        auto *box = named<QCheckBox>(m_dialog.get(), name);
        QVERIFY2(box && box->isVisible(), qPrintable(name));
        QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    }

    [[nodiscard]] QPushButton *ok() const
    {
        return m_dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    }

    /// All that the page in view says.
    [[nodiscard]] QString labels(const char *role = nullptr) const
    {
        QStringList texts;
        const QList<QLabel *> all = m_dialog->findChildren<QLabel *>();
        for (const QLabel *label : all) {
            if (label->isVisible() && (!role || label->property(role).toBool()))
                texts += label->text();
        }
        return texts.join(u'\n');
    }

    [[nodiscard]] QString problems() const { return labels("error") + labels("warning"); }

    ScriptedPrompts m_prompts;
    std::unique_ptr<OptionsDialog> m_dialog;
};

} // namespace sockeye::test
