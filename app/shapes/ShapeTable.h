#pragma once

#include "base/StrongId.h"
#include "base/Time.h"
#include "decode/Decoder.h"
#include "decode/NodeShape.h"

#include <QHash>
#include <QString>

#include <limits>
#include <vector>

namespace sockeye {

/// What is known of the messages of a group.
struct ShapeSums
{
    qint64 count = 0;
    qint64 bytes = 0;
    qint64 smallest = std::numeric_limits<qint64>::max();
    qint64 largest = -1;
    EntryId first;
    EntryId last;
    Timestamp firstTime;
    Timestamp lastTime;
    /// The one that says the most: the largest, of several the first.
    EntryId example;

    void add(EntryId id, Timestamp time, qint64 size);
    void add(const ShapeSums &other);
    friend bool operator==(const ShapeSums &, const ShapeSums &) = default;
};

/// Messages that say they are of one kind, with one set of keys, in one direction.
struct Shape
{
    enum class What : quint8 {
        Decoded,
        OtherKeys, ///< of a kind with more sets of keys than are told apart
        Other,     ///< of more shapes than are told apart
        Text,      ///< text that no format fits
        Binary     ///< binary messages that no format fits
    };

    What what = What::Decoded;
    Direction direction = Direction::None;
    ShapeIds ids = {};
    /// "emit price", "type=trade" (shapeKind()); empty for what says nothing of the kind.
    QString kind = {};
    /// "{price, symbol}" (shapeKeys()).
    QString keys = {};
    /// The format's id and name; empty for none.
    QString formatId = {};
    QString formatName = {};
    /// Which of the groups of the table it belongs to: shapes of one kind, direction and format.
    qsizetype group = 0;
    ShapeSums sums = {};
};

/// Groups messages by what they are and counts them; memory is bounded by MaxShapes. One thread.
class ShapeTable final
{
public:
    /// Shapes beyond are counted as one in each direction.
    static constexpr size_t MaxShapes = 4'000;
    /// Sets of keys that are told apart of one kind; further ones are counted as one.
    static constexpr int MaxKeySets = 200;

    struct Message
    {
        EntryId id;
        Timestamp time;
        Direction direction = Direction::None;
        bool isText = false;
        qint64 size = 0;
        /// Null where no format fits.
        const NodeTree *tree = nullptr;
        const Decoder *format = nullptr;
    };
    void add(const Message &message);

    /// In the order in which they came; one that is there stays at its place.
    [[nodiscard]] const std::vector<Shape> &shapes() const { return m_shapes; }
    [[nodiscard]] qsizetype groupCount() const { return m_groups.size(); }
    /// Of all messages.
    [[nodiscard]] const ShapeSums &sums() const { return m_sums; }

private:
    struct Key
    {
        Shape::What what = Shape::What::Decoded;
        Direction direction = Direction::None;
        ShapeIds ids = {};
        const Decoder *format = nullptr;

        friend bool operator==(const Key &, const Key &) = default;
        friend size_t qHash(const Key &key, size_t seed = 0)
        {
            return qHashMulti(seed, static_cast<int>(key.what), static_cast<int>(key.direction), key.ids.kind,
                              key.ids.keys, key.format);
        }
    };
    struct Group
    {
        qsizetype index = 0;
        int keySets = 0;
    };

    [[nodiscard]] Shape &shapeFor(const Message &message);
    [[nodiscard]] Shape &place(const Key &key, const Message &message);

    std::vector<Shape> m_shapes;
    QHash<Key, size_t> m_places;
    QHash<Key, Group> m_groups;
    ShapeSums m_sums;
};

} // namespace sockeye
