#include "capture/AnnotationRow.h"

#include "capture/CaptureSchema.h"

#include <algorithm>

namespace sockeye::AnnotationRow {

const char *createSql()
{
    return R"sql(
CREATE TABLE IF NOT EXISTS annotation(
    entry INTEGER PRIMARY KEY,
    bookmark INTEGER NOT NULL,
    colour INTEGER NOT NULL,
    note TEXT NOT NULL
);
)sql";
}

QByteArray selectSql()
{
    return "SELECT entry, bookmark, colour, note FROM annotation WHERE entry BETWEEN 1 AND " +
           QByteArray::number(CaptureSchema::MaxEntryId) + " ORDER BY entry";
}

Annotation read(const SqliteStatement &row)
{
    Annotation annotation;
    annotation.bookmarked = row.number(1) != 0;
    const qint64 colour = row.number(2);
    annotation.colour = colour >= 0 && colour <= Annotation::ColourCount ? static_cast<int>(colour) : 0;
    const QByteArrayView note = row.bytes(3);
    annotation.note = QString::fromUtf8(note.first(std::min(note.size(), MaxNoteSize)));
    return annotation;
}

QByteArray replaceSql()
{
    return "INSERT OR REPLACE INTO annotation(entry, bookmark, colour, note) VALUES (?, ?, ?, ?)";
}

QByteArray removeSql()
{
    return "DELETE FROM annotation WHERE entry = ?";
}

Result<> write(SqliteStatement &replace, SqliteStatement &remove, const AnnotationMap &annotations)
{
    for (auto it = annotations.cbegin(); it != annotations.cend(); ++it) {
        SqliteStatement &statement = it->isEmpty() ? remove : replace;
        const QByteArray note = it->note.toUtf8();
        statement.bindNumber(1, it.key().value());
        if (!it->isEmpty()) {
            statement.bindNumber(2, it->bookmarked ? 1 : 0);
            statement.bindNumber(3, it->colour);
            statement.bindText(4, note);
        }
        if (Result<> done = statement.run(); !done)
            return done;
    }
    return {};
}

} // namespace sockeye::AnnotationRow
