#pragma once

#include "tests/support/Sandbox.h"
#include "widgets/composer/Composer.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

namespace sockeye::test {

/// A composer as in an open connection's tab, used by its accessible names.
class ComposerBench final
{
public:
    ComposerBench()
    {
        composer.setCanSend(true);
        composer.resize(1000, 260);
        composer.show();
    }

    Composer composer;
    QSignalSpy sent{&composer, &Composer::sendRequested};
    QSignalSpy closed{&composer, &Composer::closeRequested};

    template<typename Widget = QWidget>
    [[nodiscard]] Widget *find(const char *name) const
    {
        return named<Widget>(&composer, QString::fromUtf8(name));
    }
    [[nodiscard]] Outgoing last() const { return sent.last().first().value<Outgoing>(); }
    void click(const char *name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }
    /// With the keyboard, as far as the entry that begins so.
    void choose(const char *name, const char *entry)
    {
        auto *box = find<QComboBox>(name);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
        for (int i = 0; i < box->count() && !box->currentText().startsWith(QString::fromUtf8(entry)); ++i)
            QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(box->currentText().left(QString::fromUtf8(entry).size()), QString::fromUtf8(entry));
    }
    void type(const char *name, const QString &text)
    {
        auto *field = find<QLineEdit>(name);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
    }
    void tick(const char *name)
    {
        auto *box = find<QCheckBox>(name);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Space);
    }
    /// All words of the labels that are seen.
    [[nodiscard]] QString words() const
    {
        QStringList all;
        for (const QLabel *label : composer.findChildren<QLabel *>()) {
            if (label->isVisible())
                all += label->text();
        }
        return all.join(u'\n');
    }
};

} // namespace sockeye::test
