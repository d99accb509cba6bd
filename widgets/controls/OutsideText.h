#pragma once

#include "base/CombiningMarks.h"
#include "base/ControlCharacters.h"

#include <QString>
#include <QTextDocument>

/// Words that are not ours (a peer's, a file's, a profile's) in places where Qt reads more than words: markup,
/// mnemonics, placeholders. They are shown to the letter. A QLabel has a format for that, Qt::PlainText.
namespace sockeye {

/// For a tool tip. Tool tips have no plain-text format: what looks like rich text would be taken for it, and could
/// fetch pictures.
[[nodiscard]] inline QString plainToolTip(const QString &words)
{
    const QString text = withFewMarks(words);
    // Only then, because screen readers read a tool tip as it stands.
    if (!Qt::mightBeRichText(text))
        return text;
    return QStringLiteral("<qt>%1</qt>").arg(text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>")));
}

/// For an action, a menu, a tab or a button: an ampersand marks no mnemonic, and nothing stands in the column of the
/// shortcuts.
[[nodiscard]] inline QString withoutMnemonic(QString text)
{
    return text.replace(u'&', QStringLiteral("&&")).replace(u'\t', u' ');
}

/// For the title of a window: no "[*]" that stands for "modified", no line breaks, and nothing that turns the rest
/// around.
[[nodiscard]] inline QString plainTitle(const QString &text)
{
    QString shown = QString::fromUtf8(withVisibleControls(withFewMarks(text).toUtf8()));
    shown.replace(u'\n', u' ').replace(u'\t', u' ');
    return shown.replace(QStringLiteral("[*]"), QStringLiteral("[*][*]"));
}

} // namespace sockeye
