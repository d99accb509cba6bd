#pragma once

#include <QList>
#include <QString>

namespace sockeye::test {

struct ExactSample
{
    const char *name;
    QString text;
};

/// Texts that text fields change unless they take care.
inline QList<ExactSample> exactSamples()
{
    const auto around = [](char16_t c) { return QStringLiteral("one%1two%1%1\nthree%1").arg(QChar(c)); };
    const QString emoji = QStringLiteral("\U0001f44d\U0001f3fd \U0001f468\u200d\U0001f469\u200d\U0001f467 ❤\ufe0f");
    return {{"LF", QStringLiteral("one\ntwo\n\nthree\n")},
            {"CR LF", QStringLiteral("one\r\ntwo\r\n\r\nthree\r\n")},
            {"CR", QStringLiteral("one\rtwo\r\rthree\r")},
            {"mixed line endings", QStringLiteral("\rone\ntwo\r\nthree\n\rfour\r\r\n\n")},
            {"U+0085", around(0x85)},
            {"U+2028", around(0x2028)},
            {"U+2029", around(0x2029)},
            {"U+FDD0", around(0xfdd0)},
            {"U+FDD1", around(0xfdd1)},
            {"U+FDEF", around(0xfdef)},
            {"U+FFFE", around(0xfffe)},
            {"U+FFFC", around(0xfffc)},
            {"NUL", around(0)},
            {"tab", around(0x09)},
            {"VT", around(0x0b)},
            {"FF", around(0x0c)},
            {"ESC", around(0x1b)},
            {"record separator", around(0x1e)},
            {"DEL", around(0x7f)},
            {"U+00A0", around(0xa0)},
            {"soft hyphen", around(0xad)},
            {"ZWJ", around(0x200d)},
            {"right-to-left override", around(0x202e)},
            {"BOM inside", around(0xfeff)},
            {"BOM first", QStringLiteral("\ufeffone\ntwo")},
            {"emoji with modifiers", emoji + u'\n' + emoji},
            {"pictures that are text", QStringLiteral("␍\r␀%1↓\u2028¶\u2029□\ufdd0↵\u0085␡\u007f").arg(QChar(0))},
            {"all of ASCII's control characters",
             [] {
                 QString all;
                 for (char16_t c = 0; c < 0x20; ++c)
                     all += QChar(c);
                 return all;
             }()},
            {"a line of 5,000", QStringLiteral("start\n") + QString(5'000, u'x') + QStringLiteral("\r\nend")},
            {"a line of 120,000 emoji with modifiers",
             QStringLiteral("\U0001f44d\U0001f3fd").repeated(30'000) + QStringLiteral("\rend")},
            {"100,000 marks", QStringLiteral("a") + QString(100'000, QChar(0x301)) + QStringLiteral("b\nend")},
            {"marks of several kinds",
             u'a' + QStringLiteral("\u0301\u0316\U0001d165").repeated(5'000) + QStringLiteral("◌")},
            {"a line of 100,000 controls", QString(100'001, QChar(0x1b)) + QStringLiteral("\u2028end")}};
}

} // namespace sockeye::test
