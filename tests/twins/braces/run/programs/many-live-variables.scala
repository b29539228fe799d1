// More variables are live at once than a frame has registers.
object Test {
  def next(a: Int, b: Int): Int = a * 31 + b

  /** Variables that a loop changes and that swap places. */
  def rotated(rounds: Int, names: List[String]): String = {
    var v0 = next(rounds, 0)
    var v1 = next(rounds, 1)
    var v2 = next(rounds, 2)
    var v3 = next(rounds, 3)
    var v4 = names(4 % names.length)
    var v5 = next(rounds, 5)
    var v6 = next(rounds, 6)
    var v7 = next(rounds, 7)
    var v8 = next(rounds, 8)
    var v9 = names(9 % names.length)
    var v10 = next(rounds, 10)
    var v11 = next(rounds, 11)
    var v12 = next(rounds, 12)
    var v13 = next(rounds, 13)
    var v14 = names(14 % names.length)
    var v15 = next(rounds, 15)
    var v16 = next(rounds, 16)
    var v17 = next(rounds, 17)
    var v18 = next(rounds, 18)
    var v19 = names(19 % names.length)
    var v20 = next(rounds, 20)
    var v21 = next(rounds, 21)
    var v22 = next(rounds, 22)
    var v23 = next(rounds, 23)
    var v24 = names(24 % names.length)
    var v25 = next(rounds, 25)
    var v26 = next(rounds, 26)
    var v27 = next(rounds, 27)
    var v28 = next(rounds, 28)
    var v29 = names(29 % names.length)
    var v30 = next(rounds, 30)
    var v31 = next(rounds, 31)
    var v32 = next(rounds, 32)
    var v33 = next(rounds, 33)
    var v34 = names(34 % names.length)
    var v35 = next(rounds, 35)
    var v36 = next(rounds, 36)
    var v37 = next(rounds, 37)
    var v38 = next(rounds, 38)
    var v39 = names(39 % names.length)
    var v40 = next(rounds, 40)
    var v41 = next(rounds, 41)
    var v42 = next(rounds, 42)
    var v43 = next(rounds, 43)
    var v44 = names(44 % names.length)
    var v45 = next(rounds, 45)
    var v46 = next(rounds, 46)
    var v47 = next(rounds, 47)
    var v48 = next(rounds, 48)
    var v49 = names(49 % names.length)
    var v50 = next(rounds, 50)
    var v51 = next(rounds, 51)
    var v52 = next(rounds, 52)
    var v53 = next(rounds, 53)
    var v54 = names(54 % names.length)
    var v55 = next(rounds, 55)
    var v56 = next(rounds, 56)
    var v57 = next(rounds, 57)
    var v58 = next(rounds, 58)
    var v59 = names(59 % names.length)
    var v60 = next(rounds, 60)
    var v61 = next(rounds, 61)
    var v62 = next(rounds, 62)
    var v63 = next(rounds, 63)
    var v64 = names(64 % names.length)
    var v65 = next(rounds, 65)
    var v66 = next(rounds, 66)
    var v67 = next(rounds, 67)
    var v68 = next(rounds, 68)
    var v69 = names(69 % names.length)
    var v70 = next(rounds, 70)
    var v71 = next(rounds, 71)
    var v72 = next(rounds, 72)
    var v73 = next(rounds, 73)
    var v74 = names(74 % names.length)
    var v75 = next(rounds, 75)
    var v76 = next(rounds, 76)
    var v77 = next(rounds, 77)
    var v78 = next(rounds, 78)
    var v79 = names(79 % names.length)
    var v80 = next(rounds, 80)
    var v81 = next(rounds, 81)
    var v82 = next(rounds, 82)
    var v83 = next(rounds, 83)
    var v84 = names(84 % names.length)
    var v85 = next(rounds, 85)
    var v86 = next(rounds, 86)
    var v87 = next(rounds, 87)
    var v88 = next(rounds, 88)
    var v89 = names(89 % names.length)
    var v90 = next(rounds, 90)
    var v91 = next(rounds, 91)
    var v92 = next(rounds, 92)
    var v93 = next(rounds, 93)
    var v94 = names(94 % names.length)
    var v95 = next(rounds, 95)
    var v96 = next(rounds, 96)
    var v97 = next(rounds, 97)
    var v98 = next(rounds, 98)
    var v99 = names(99 % names.length)
    var v100 = next(rounds, 100)
    var v101 = next(rounds, 101)
    var v102 = next(rounds, 102)
    var v103 = next(rounds, 103)
    var v104 = names(104 % names.length)
    var v105 = next(rounds, 105)
    var v106 = next(rounds, 106)
    var v107 = next(rounds, 107)
    var v108 = next(rounds, 108)
    var v109 = names(109 % names.length)
    var v110 = next(rounds, 110)
    var v111 = next(rounds, 111)
    var v112 = next(rounds, 112)
    var v113 = next(rounds, 113)
    var v114 = names(114 % names.length)
    var v115 = next(rounds, 115)
    var v116 = next(rounds, 116)
    var v117 = next(rounds, 117)
    var v118 = next(rounds, 118)
    var v119 = names(119 % names.length)
    var v120 = next(rounds, 120)
    var v121 = next(rounds, 121)
    var v122 = next(rounds, 122)
    var v123 = next(rounds, 123)
    var v124 = names(124 % names.length)
    var v125 = next(rounds, 125)
    var v126 = next(rounds, 126)
    var v127 = next(rounds, 127)
    var v128 = next(rounds, 128)
    var v129 = names(129 % names.length)
    var v130 = next(rounds, 130)
    var v131 = next(rounds, 131)
    var v132 = next(rounds, 132)
    var v133 = next(rounds, 133)
    var v134 = names(134 % names.length)
    var v135 = next(rounds, 135)
    var v136 = next(rounds, 136)
    var v137 = next(rounds, 137)
    var v138 = next(rounds, 138)
    var v139 = names(139 % names.length)
    var v140 = next(rounds, 140)
    var v141 = next(rounds, 141)
    var v142 = next(rounds, 142)
    var v143 = next(rounds, 143)
    var v144 = names(144 % names.length)
    var v145 = next(rounds, 145)
    var v146 = next(rounds, 146)
    var v147 = next(rounds, 147)
    var v148 = next(rounds, 148)
    var v149 = names(149 % names.length)
    var v150 = next(rounds, 150)
    var v151 = next(rounds, 151)
    var v152 = next(rounds, 152)
    var v153 = next(rounds, 153)
    var v154 = names(154 % names.length)
    var v155 = next(rounds, 155)
    var v156 = next(rounds, 156)
    var v157 = next(rounds, 157)
    var v158 = next(rounds, 158)
    var v159 = names(159 % names.length)
    var v160 = next(rounds, 160)
    var v161 = next(rounds, 161)
    var v162 = next(rounds, 162)
    var v163 = next(rounds, 163)
    var v164 = names(164 % names.length)
    var v165 = next(rounds, 165)
    var v166 = next(rounds, 166)
    var v167 = next(rounds, 167)
    var v168 = next(rounds, 168)
    var v169 = names(169 % names.length)
    var v170 = next(rounds, 170)
    var v171 = next(rounds, 171)
    var v172 = next(rounds, 172)
    var v173 = next(rounds, 173)
    var v174 = names(174 % names.length)
    var v175 = next(rounds, 175)
    var v176 = next(rounds, 176)
    var v177 = next(rounds, 177)
    var v178 = next(rounds, 178)
    var v179 = names(179 % names.length)
    var v180 = next(rounds, 180)
    var v181 = next(rounds, 181)
    var v182 = next(rounds, 182)
    var v183 = next(rounds, 183)
    var v184 = names(184 % names.length)
    var v185 = next(rounds, 185)
    var v186 = next(rounds, 186)
    var v187 = next(rounds, 187)
    var v188 = next(rounds, 188)
    var v189 = names(189 % names.length)
    var v190 = next(rounds, 190)
    var v191 = next(rounds, 191)
    var v192 = next(rounds, 192)
    var v193 = next(rounds, 193)
    var v194 = names(194 % names.length)
    var v195 = next(rounds, 195)
    var v196 = next(rounds, 196)
    var v197 = next(rounds, 197)
    var v198 = next(rounds, 198)
    var v199 = names(199 % names.length)
    var v200 = next(rounds, 200)
    var v201 = next(rounds, 201)
    var v202 = next(rounds, 202)
    var v203 = next(rounds, 203)
    var v204 = names(204 % names.length)
    var v205 = next(rounds, 205)
    var v206 = next(rounds, 206)
    var v207 = next(rounds, 207)
    var v208 = next(rounds, 208)
    var v209 = names(209 % names.length)
    var v210 = next(rounds, 210)
    var v211 = next(rounds, 211)
    var v212 = next(rounds, 212)
    var v213 = next(rounds, 213)
    var v214 = names(214 % names.length)
    var v215 = next(rounds, 215)
    var v216 = next(rounds, 216)
    var v217 = next(rounds, 217)
    var v218 = next(rounds, 218)
    var v219 = names(219 % names.length)
    var v220 = next(rounds, 220)
    var v221 = next(rounds, 221)
    var v222 = next(rounds, 222)
    var v223 = next(rounds, 223)
    var v224 = names(224 % names.length)
    var v225 = next(rounds, 225)
    var v226 = next(rounds, 226)
    var v227 = next(rounds, 227)
    var v228 = next(rounds, 228)
    var v229 = names(229 % names.length)
    var v230 = next(rounds, 230)
    var v231 = next(rounds, 231)
    var v232 = next(rounds, 232)
    var v233 = next(rounds, 233)
    var v234 = names(234 % names.length)
    var v235 = next(rounds, 235)
    var v236 = next(rounds, 236)
    var v237 = next(rounds, 237)
    var v238 = next(rounds, 238)
    var v239 = names(239 % names.length)
    var v240 = next(rounds, 240)
    var v241 = next(rounds, 241)
    var v242 = next(rounds, 242)
    var v243 = next(rounds, 243)
    var v244 = names(244 % names.length)
    var v245 = next(rounds, 245)
    var v246 = next(rounds, 246)
    var v247 = next(rounds, 247)
    var v248 = next(rounds, 248)
    var v249 = names(249 % names.length)
    var v250 = next(rounds, 250)
    var v251 = next(rounds, 251)
    var v252 = next(rounds, 252)
    var v253 = next(rounds, 253)
    var v254 = names(254 % names.length)
    var v255 = next(rounds, 255)
    var v256 = next(rounds, 256)
    var v257 = next(rounds, 257)
    var v258 = next(rounds, 258)
    var v259 = names(259 % names.length)
    var v260 = next(rounds, 260)
    var v261 = next(rounds, 261)
    var v262 = next(rounds, 262)
    var v263 = next(rounds, 263)
    var v264 = names(264 % names.length)
    var v265 = next(rounds, 265)
    var v266 = next(rounds, 266)
    var v267 = next(rounds, 267)
    var v268 = next(rounds, 268)
    var v269 = names(269 % names.length)
    var round = 0
    while round < rounds do {
      val (first, name) = (v0, v4)
      v0 = v5 + 1; v1 = v0; v2 = v7 ^ v3; v3 = v6; v4 = v9
      v5 = v10 + 1; v6 = v5; v7 = v12 ^ v8; v8 = v11; v9 = v14
      v10 = v15 + 1; v11 = v10; v12 = v17 ^ v13; v13 = v16; v14 = v19
      v15 = v20 + 1; v16 = v15; v17 = v22 ^ v18; v18 = v21; v19 = v24
      v20 = v25 + 1; v21 = v20; v22 = v27 ^ v23; v23 = v26; v24 = v29
      v25 = v30 + 1; v26 = v25; v27 = v32 ^ v28; v28 = v31; v29 = v34
      v30 = v35 + 1; v31 = v30; v32 = v37 ^ v33; v33 = v36; v34 = v39
      v35 = v40 + 1; v36 = v35; v37 = v42 ^ v38; v38 = v41; v39 = v44
      v40 = v45 + 1; v41 = v40; v42 = v47 ^ v43; v43 = v46; v44 = v49
      v45 = v50 + 1; v46 = v45; v47 = v52 ^ v48; v48 = v51; v49 = v54
      v50 = v55 + 1; v51 = v50; v52 = v57 ^ v53; v53 = v56; v54 = v59
      v55 = v60 + 1; v56 = v55; v57 = v62 ^ v58; v58 = v61; v59 = v64
      v60 = v65 + 1; v61 = v60; v62 = v67 ^ v63; v63 = v66; v64 = v69
      v65 = v70 + 1; v66 = v65; v67 = v72 ^ v68; v68 = v71; v69 = v74
      v70 = v75 + 1; v71 = v70; v72 = v77 ^ v73; v73 = v76; v74 = v79
      v75 = v80 + 1; v76 = v75; v77 = v82 ^ v78; v78 = v81; v79 = v84
      v80 = v85 + 1; v81 = v80; v82 = v87 ^ v83; v83 = v86; v84 = v89
      v85 = v90 + 1; v86 = v85; v87 = v92 ^ v88; v88 = v91; v89 = v94
      v90 = v95 + 1; v91 = v90; v92 = v97 ^ v93; v93 = v96; v94 = v99
      v95 = v100 + 1; v96 = v95; v97 = v102 ^ v98; v98 = v101; v99 = v104
      v100 = v105 + 1; v101 = v100; v102 = v107 ^ v103; v103 = v106; v104 = v109
      v105 = v110 + 1; v106 = v105; v107 = v112 ^ v108; v108 = v111; v109 = v114
      v110 = v115 + 1; v111 = v110; v112 = v117 ^ v113; v113 = v116; v114 = v119
      v115 = v120 + 1; v116 = v115; v117 = v122 ^ v118; v118 = v121; v119 = v124
      v120 = v125 + 1; v121 = v120; v122 = v127 ^ v123; v123 = v126; v124 = v129
      v125 = v130 + 1; v126 = v125; v127 = v132 ^ v128; v128 = v131; v129 = v134
      v130 = v135 + 1; v131 = v130; v132 = v137 ^ v133; v133 = v136; v134 = v139
      v135 = v140 + 1; v136 = v135; v137 = v142 ^ v138; v138 = v141; v139 = v144
      v140 = v145 + 1; v141 = v140; v142 = v147 ^ v143; v143 = v146; v144 = v149
      v145 = v150 + 1; v146 = v145; v147 = v152 ^ v148; v148 = v151; v149 = v154
      v150 = v155 + 1; v151 = v150; v152 = v157 ^ v153; v153 = v156; v154 = v159
      v155 = v160 + 1; v156 = v155; v157 = v162 ^ v158; v158 = v161; v159 = v164
      v160 = v165 + 1; v161 = v160; v162 = v167 ^ v163; v163 = v166; v164 = v169
      v165 = v170 + 1; v166 = v165; v167 = v172 ^ v168; v168 = v171; v169 = v174
      v170 = v175 + 1; v171 = v170; v172 = v177 ^ v173; v173 = v176; v174 = v179
      v175 = v180 + 1; v176 = v175; v177 = v182 ^ v178; v178 = v181; v179 = v184
      v180 = v185 + 1; v181 = v180; v182 = v187 ^ v183; v183 = v186; v184 = v189
      v185 = v190 + 1; v186 = v185; v187 = v192 ^ v188; v188 = v191; v189 = v194
      v190 = v195 + 1; v191 = v190; v192 = v197 ^ v193; v193 = v196; v194 = v199
      v195 = v200 + 1; v196 = v195; v197 = v202 ^ v198; v198 = v201; v199 = v204
      v200 = v205 + 1; v201 = v200; v202 = v207 ^ v203; v203 = v206; v204 = v209
      v205 = v210 + 1; v206 = v205; v207 = v212 ^ v208; v208 = v211; v209 = v214
      v210 = v215 + 1; v211 = v210; v212 = v217 ^ v213; v213 = v216; v214 = v219
      v215 = v220 + 1; v216 = v215; v217 = v222 ^ v218; v218 = v221; v219 = v224
      v220 = v225 + 1; v221 = v220; v222 = v227 ^ v223; v223 = v226; v224 = v229
      v225 = v230 + 1; v226 = v225; v227 = v232 ^ v228; v228 = v231; v229 = v234
      v230 = v235 + 1; v231 = v230; v232 = v237 ^ v233; v233 = v236; v234 = v239
      v235 = v240 + 1; v236 = v235; v237 = v242 ^ v238; v238 = v241; v239 = v244
      v240 = v245 + 1; v241 = v240; v242 = v247 ^ v243; v243 = v246; v244 = v249
      v245 = v250 + 1; v246 = v245; v247 = v252 ^ v248; v248 = v251; v249 = v254
      v250 = v255 + 1; v251 = v250; v252 = v257 ^ v253; v253 = v256; v254 = v259
      v255 = v260 + 1; v256 = v255; v257 = v262 ^ v258; v258 = v261; v259 = v264
      v260 = v265 + 1; v261 = v260; v262 = v267 ^ v263; v263 = v266; v264 = v269
      v265 = first; v269 = name
      round += 1
    }
    val numbers = List(v0, v5, v10, v15, v20, v25, v30, v35, v40, v45, v50, v55, v60, v65,
        v70, v75, v80, v85, v90, v95, v100, v105, v110, v115, v120, v125, v130, v135, v140, v145,
        v150, v155, v160, v165, v170, v175, v180, v185, v190, v195, v200, v205, v210, v215, v220,
        v225, v230, v235, v240, v245, v250, v255, v260, v265)
    val texts = List(v4, v9, v14, v19, v24, v29, v34, v39, v44, v49, v54, v59, v64, v69, v74,
        v79, v84, v89, v94, v99, v104, v109, v114, v119, v124, v129, v134, v139, v144, v149,
        v154, v159, v164, v169, v174, v179, v184, v189, v194, v199, v204, v209, v214, v219, v224,
        v229, v234, v239, v244, v249, v254, v259, v264, v269)
    var rest = 0
    rest = rest * 3 + v1 + v2 + v3 + v6 + v7 + v8 + v11 + v12 + v13
    rest = rest * 3 + v16 + v17 + v18 + v21 + v22 + v23 + v26 + v27 + v28
    rest = rest * 3 + v31 + v32 + v33 + v36 + v37 + v38 + v41 + v42 + v43
    rest = rest * 3 + v46 + v47 + v48 + v51 + v52 + v53 + v56 + v57 + v58
    rest = rest * 3 + v61 + v62 + v63 + v66 + v67 + v68 + v71 + v72 + v73
    rest = rest * 3 + v76 + v77 + v78 + v81 + v82 + v83 + v86 + v87 + v88
    rest = rest * 3 + v91 + v92 + v93 + v96 + v97 + v98 + v101 + v102 + v103
    rest = rest * 3 + v106 + v107 + v108 + v111 + v112 + v113 + v116 + v117 + v118
    rest = rest * 3 + v121 + v122 + v123 + v126 + v127 + v128 + v131 + v132 + v133
    rest = rest * 3 + v136 + v137 + v138 + v141 + v142 + v143 + v146 + v147 + v148
    rest = rest * 3 + v151 + v152 + v153 + v156 + v157 + v158 + v161 + v162 + v163
    rest = rest * 3 + v166 + v167 + v168 + v171 + v172 + v173 + v176 + v177 + v178
    rest = rest * 3 + v181 + v182 + v183 + v186 + v187 + v188 + v191 + v192 + v193
    rest = rest * 3 + v196 + v197 + v198 + v201 + v202 + v203 + v206 + v207 + v208
    rest = rest * 3 + v211 + v212 + v213 + v216 + v217 + v218 + v221 + v222 + v223
    rest = rest * 3 + v226 + v227 + v228 + v231 + v232 + v233 + v236 + v237 + v238
    rest = rest * 3 + v241 + v242 + v243 + v246 + v247 + v248 + v251 + v252 + v253
    rest = rest * 3 + v256 + v257 + v258 + v261 + v262 + v263 + v266 + v267 + v268
    s"${numbers.sum} ${numbers.take(5)} ${texts.mkString} $rest"
  }

  def main(args: Array[String]): Unit =
    for rounds <- List(0, 1, 2, 3, 10) do println(rotated(rounds, List("a", "bc", "d")))
}
